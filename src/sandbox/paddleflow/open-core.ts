import { randomBytes } from 'node:crypto';
import { Clock } from '../kit/clock.ts';
import type { Journal } from '../kit/journal.ts';
import { compact } from './compact.ts';
import { Core } from './core.ts';
import type { Entry } from './entry.ts';
import type { SandboxOptions } from './options.ts';
import { seedDemo } from './seed/demo.ts';
import { makeFirstRows } from './state/first-start.ts';
import type { Birth } from './state/state.ts';
import { State } from './state/state.ts';

const historyDays = 3;

/** As shipped, with the delays of a small cluster (8.1). */
const defaultPace = { toPending: 500, toRunning: 1500, engineLag: 2000 };

/** The server as its journal left it, brought to the present; or a new one. */
export function openCore(journal: Journal<Entry> | undefined, options: SandboxOptions): Core {
  const entries = journal?.read() ?? [];
  const [first] = entries;
  // The clock starts as the last act of a first start: without it that start was cut off.
  if (first?.do !== 'begin' || !entries.some((entry) => entry.do === 'clock')) return beginCore(journal, options);
  const shorter = compact(entries);
  if (shorter.length < entries.length) journal?.rewrite(shorter);
  const core = replayCore(first.birth, shorter, journal);
  if (core.state.scheduler.spins) core.order({ op: 'restart-scheduler' });
  if (core.clock.reading.mode !== options.clock) core.setClock({ mode: options.clock, rate: options.rate ?? 1 });
  return core;
}

function beginCore(journal: Journal<Entry> | undefined, options: SandboxOptions): Core {
  const startAt = Math.floor(options.startAt ?? Date.now());
  const demo = options.seed === 'demo';
  const birth: Birth = {
    at: demo ? startAt - historyDays * 86_400_000 : startAt,
    zone: options.zone ?? 'Asia/Shanghai',
    pace: { ...defaultPace, ...options.pace },
    tokenKey: options.tokenKey ?? randomBytes(32).toString('hex'),
    markerKey: options.markerKey ?? randomBytes(16).toString('hex'),
    tokenExpirationHours: options.tokenExpirationHours ?? -1,
    ...(options.version === undefined ? {} : { era: options.version }),
    ...(options.database === undefined ? {} : { database: options.database }),
    ...(options.clusters === undefined ? {} : { clusters: options.clusters }),
    ...(options.kubernetesCredential === undefined ? {} : { kubernetesCredential: options.kubernetesCredential }),
  };
  const state = new State(birth);
  journal?.rewrite([{ at: birth.at, do: 'begin', version: 1, birth }]);
  makeFirstRows(state);
  const core = new Core(state, new Clock(birth.at), journal);
  if (demo) seedDemo(core, startAt);
  core.setClock({ mode: options.clock, rate: options.rate ?? 1 });
  return core;
}

function replayCore(birth: Birth, entries: readonly Entry[], journal: Journal<Entry> | undefined): Core {
  const state = new State(birth);
  makeFirstRows(state);
  const core = new Core(state, new Clock(birth.at), journal);
  for (const [index, entry] of entries.entries()) {
    try {
      core.replay(entry);
    } catch (error) {
      throw new Error(
        `the sandbox's journal was written by another version (entry ${index + 1} is refused now): remove it to start afresh`,
        {
          cause: error,
        },
      );
    }
  }
  // The wall's clock may have been set back while nobody lived.
  if (core.clock.now() < state.now) core.clock.set(core.clock.reading, state.now);
  return core;
}
