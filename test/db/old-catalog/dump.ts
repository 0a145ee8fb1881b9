import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { makeTemporaryFolder } from '../../support/temporary-folder.ts';

const drizzleFolder = fileURLToPath(new URL('../../../drizzle', import.meta.url));

interface Journal {
  readonly entries: readonly { readonly tag: string }[];
}
const journalOf = async (folder: string) => JSON.parse(await readFile(join(folder, 'meta/_journal.json'), 'utf8')) as Journal; // by drizzle-kit

/** All rows of a database, as statements that put them back, behind the name of the migration that its tables are of. */
export async function dump(url: string): Promise<string> {
  await using client = await connect(url);
  const { rows: tables } = await client.query<{ name: string; columns: string[]; counted: string | null }>(`
    select table_name as name, array_agg(quote_ident(column_name)::text order by ordinal_position) as columns,
      max(column_name::text) filter (where is_identity = 'YES') as counted
    from information_schema.columns where table_schema = 'public' group by table_name order by table_name`);
  const statements = [`-- ${(await journalOf(drizzleFolder)).entries.at(-1)?.tag}`];
  for (const { name, columns, counted } of tables) {
    const { rows } = await client.query<{ row: string }>(
      `select concat_ws(', ', ${columns.map((column) => `quote_nullable(${column}::text)`).join(', ')}) as row from ${name} order by 1`,
    );
    if (rows.length > 0)
      statements.push(
        `insert into ${name} (${columns.join(', ')}) overriding system value values`,
        `${rows.map(({ row }) => `(${row})`).join(',\n')};`,
      );
    if (counted !== null) statements.push(`select setval(pg_get_serial_sequence('${name}', '${counted}'), max(${counted})) from ${name};`);
  }
  return `${statements.join('\n')}\n`;
}

/** A database with the tables of that time and these rows, which nobody has brought up to date yet. */
export async function restore(text: string): Promise<TestDatabase> {
  const last = /^-- (\S+)\n/.exec(text)?.[1];
  const database = await createTestDatabase('template0');
  await using folder = await makeTemporaryFolder('tributary-migrations');
  await cp(drizzleFolder, folder.path, { recursive: true });
  const journal = await journalOf(drizzleFolder);
  const entries = journal.entries.slice(0, 1 + journal.entries.findIndex(({ tag }) => tag === last));
  await writeFile(join(folder.path, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
  await using client = await connect(database.url);
  await migrate(drizzle(client.client), { migrationsFolder: folder.path });
  await client.query(text);
  return database;
}

async function connect(url: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    client,
    query: <Row extends object>(text: string) => client.query<Row>(text),
    [Symbol.asyncDispose]: () => client.end(),
  };
}
