import type { PaddleFlowSourceConfig } from '../../config.ts';
import type { HeavyWork } from '../../core/heavy.ts';
import type { Database } from '../../db/database.ts';
import { createKeptReads } from '../../core/kept-reads.ts';
import { createLogArchive } from './run-log/archive.ts';
import { mirrorRuns } from './mirror/mirror.ts';
import { readTimesOf } from './mirror/times.ts';
import type { SharedHandle } from './source/handle.ts';
import { wordsOf } from '../../execution/intent/late.ts';
import type { Logs } from '../../core/complaint.ts';
import type { Hub } from '../../live/hub.ts';
import type { Lease } from '../../live/lease.ts';
import { createPaddleFlow, type PaddleFlow } from './client/paddleflow.ts';

/** A source that was down for long is met again this soon. */
const maxBlindMs = 5_000;

const addressOf = ({ hostname, port, protocol }: URL) => `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;

/** For people who look for what is wrong. */
const placeOf = ({ url, username }: PaddleFlowSourceConfig) => ({
  address: addressOf(new URL(url)),
  account: username,
  software: 'PaddleFlow',
});

const handleOf = (config: PaddleFlowSourceConfig, paddleflow: PaddleFlow): SharedHandle => ({
  name: config.name,
  kind: 'PADDLEFLOW',
  address: addressOf(new URL(config.url)),
  serviceAccount: config.username,
  identity: `account:${config.username}`,
  kept: createKeptReads(),
  readTime: readTimesOf(config.timeZone),
  timeZone: config.timeZone,
  settleMs: config.poll.settleMs,
  writeMs: config.budgets.writeMs,
  lateWriteMs: config.budgets.lateWriteMs,
  intervalMs: config.poll.intervalMs,
  seesAll: config.username === 'root',
  health: () => paddleflow.health(),
});

/** A configured PaddleFlow: its client, how the domain sees it, and what its leader does. One per process. */
export function createPaddleFlowSource(config: PaddleFlowSourceConfig) {
  const paddleflow = createPaddleFlow({ ...config, source: config.name, circuit: { maxOpenMs: maxBlindMs } });
  return {
    name: config.name,
    paddleflow,
    handle: handleOf(config, paddleflow),
    /** Mirrors the runs and copies their logs, until the lease is lost. */
    async lead(
      lease: Lease,
      {
        db,
        hub,
        heavyWork,
        logError,
        logInfo,
        logChange,
      }: Logs & { readonly db: Database; readonly hub: Hub; readonly heavyWork: HeavyWork },
    ): Promise<void> {
      const { poll, logs } = config;
      const client = paddleflow.as('leader', { share: false });
      await mirrorRuns({
        db,
        client,
        lease,
        hub,
        place: placeOf(config),
        logError,
        logInfo,
        logChange,
        onLate: (late) => logError(new Error(wordsOf(late))),
        archive: createLogArchive({ ...logs, db, client, lease, logError }),
        readTime: readTimesOf(config.timeZone),
        heavy: (work) => heavyWork(undefined, work),
        seesAll: config.username === 'root',
        settleMs: poll.settleMs,
        intervalMs: poll.intervalMs,
        logIntervalMs: logs.intervalMs,
        auditPauseMs: poll.auditMs,
        auditEveryMs: poll.auditEveryMs,
      });
    },
  };
}
export type PaddleFlowSource = ReturnType<typeof createPaddleFlowSource>;
