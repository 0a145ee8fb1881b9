/** Does what a gateway does whose statement fails, on a real PostgreSQL and with its real log: the address is its argument. */
import { sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { GraphQLError } from 'graphql';
import { createDatabase } from '../../src/db/database.ts';
import { createLog } from '../../src/log.ts';
import { keepSecretsOf } from '../../src/redact/of-config.ts';

const [databaseUrl = ''] = process.argv.slice(2);
keepSecretsOf({ database: { url: databaseUrl }, sources: [{ password: 'the-password-of-prod' }] });
const log = createLog();
const { db, close } = createDatabase(databaseUrl, { logError: log.error });
const lines = pgTable('line', { body: text().notNull() });
await db.execute(sql`create table line (body text not null check (length(body) < 10))`);
const failure = await db
  .insert(lines)
  .values({ body: 'a line that a user has written' })
  .then(
    () => undefined,
    (error: unknown) => error,
  );
log.error(failure, { source: 'prod', password: 'beside-the-error' });
log.error(new GraphQLError((failure as Error).message, { originalError: failure as Error }), {}, 'a resolver');
log.error(new Error(`${databaseUrl} refused the-password-of-prod`));
log.info('the leader said token=the-token-of-somebody');
await close();
