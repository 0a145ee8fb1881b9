import type { Viewer } from '../auth/viewer.ts';
import type { Database } from '../db/database.ts';
import { redact } from '../redact/redact.ts';
import { storable } from '../core/storable.ts';
import { audits } from '../db/tables.ts';

/** As the operators get it: what has failed, and in what. */
export type LogFailure = (error: unknown, about: Record<string, unknown>) => void;

/** Who did what through the gateway: kept in Postgres, without any input. */
export const createAudit = (db: Database, logError: LogFailure) => ({
  /** Never throws: what it tells of has happened. A record that cannot be kept goes into the log instead. */
  async record({ identity }: Pick<Viewer, 'identity'>, action: string, target: string, outcome: string): Promise<void> {
    const record = { viewer: identity, action, target: storable(redact(target)), outcome };
    await db
      .insert(audits)
      .values(record)
      .catch((error: unknown) => logError(error, { audit: record }));
  },
});
export type Audit = ReturnType<typeof createAudit>;
