import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import { audits } from '../../db/tables.ts';

/** Who did what through the gateway: kept in Postgres, without any input. */
export const createAudit = (db: Database) => ({
  async record({ identity }: Pick<Viewer, 'identity'>, action: string, target: string, outcome: string): Promise<void> {
    await db.insert(audits).values({ viewer: identity, action, target, outcome });
  },
});
export type Audit = ReturnType<typeof createAudit>;
