import type { ConfiguredSource } from '../../../source/backend.ts';
import { callerOfSession } from '../../../auth/caller.ts';
import type { Role } from '../../../auth/viewer.ts';
import type { PaddleFlowSourceConfig } from '../config.ts';
import { createKeptReads } from '../../../core/kept-reads.ts';
import { createLogArchive } from '../run-log/archive.ts';
import { mirrorRuns } from '../mirror/mirror.ts';
import { readTimesOf } from '../mirror/times.ts';
import type { SharedHandle } from './handle.ts';
import { wordsOf } from '../../../execution/intent/late.ts';
import { createPaddleFlow, type PaddleFlow } from '../client/paddleflow.ts';

const addressOf = ({ hostname, port, protocol }: URL) => `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;

/** For people who look for what is wrong. */
const placeOf = ({ url, username }: PaddleFlowSourceConfig) => ({
  address: addressOf(new URL(url)),
  account: username,
  software: 'PaddleFlow',
});

const handleOf = (config: PaddleFlowSourceConfig, paddleflow: PaddleFlow): SharedHandle => ({
  name: config.name,
  address: addressOf(new URL(config.url)),
  serviceAccount: config.username,
  identity: `account:${config.username}`,
  kept: createKeptReads(),
  readTime: readTimesOf(config.timeZone),
  timeZone: config.timeZone,
  settleMs: config.poll.settleMs,
  writeMs: config.budgets.writeMs,
  slowWriteMs: config.budgets.slowWriteMs,
  lateWriteMs: config.budgets.lateWriteMs,
  intervalMs: config.poll.intervalMs,
  seesAll: config.username === 'root',
  health: () => paddleflow.health(),
});

/** A configured PaddleFlow: its client, how the domain sees it, and what its leader does. One per process. */
export interface PaddleFlowSource extends ConfiguredSource, Pick<PaddleFlow, 'as' | 'asUser' | 'login'> {
  readonly handle: SharedHandle;
  readonly accounts: NonNullable<ConfiguredSource['accounts']>;
}

export function createPaddleFlowSource(config: PaddleFlowSourceConfig): PaddleFlowSource {
  const { retryMs, maxRetryMs, restMs, maxRestMs } = config.failures;
  const paddleflow = createPaddleFlow({
    ...config,
    source: config.name,
    retry: { baseMs: retryMs, maxMs: maxRetryMs },
    circuit: { openMs: restMs, maxOpenMs: maxRestMs },
  });
  const { as, asUser, login, health, close } = paddleflow;
  return {
    name: config.name,
    intervalMs: config.poll.intervalMs,
    handle: handleOf(config, paddleflow),
    as,
    asUser,
    login,
    health,
    close,
    accounts: { check: (session) => asUser(session.token, { caller: callerOfSession(session) }).version(), roleOf },
    /** Mirrors the runs and copies their logs. */
    async lead(lease, { db, hub, heavyWork, logError, logInfo, logChange }) {
      const { poll, logs } = config;
      const client = as('leader', { share: false });
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

/** Only the one fixed account is root (contract 6): whoever is called `Root` is a user like any other, and not let in anyway. */
export const roleOf = (user: string): Role => (user === 'root' ? 'admin' : 'viewer');
