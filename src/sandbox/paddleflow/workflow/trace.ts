import type { RunPlan, StartOptions } from './types.ts';

type Level = 'INFO' | 'DEBU';

interface TraceLine {
  readonly key: string;
  readonly at: number;
  readonly level: Level;
  readonly text: string;
}

/** The server's own lines about a run and its jobs: `submitLog` (2.13). An entry may go on over several lines. */
export class Trace {
  readonly #lines: TraceLine[] = [];

  /** `key` is the run's id or a job's. */
  add(key: string, at: number, text: string, level: Level = 'INFO'): void {
    this.#lines.push({ key, at, level, text });
  }

  /** The lines of these keys, key by key; undefined where there are none of the first, which is all that is looked for. */
  text(keys: readonly string[], formatTime: (at: number) => string): string | undefined {
    if (!this.#lines.some(({ key }) => key === keys[0])) return undefined;
    const lines = keys.flatMap((key) => this.#lines.filter((line) => line.key === key));
    return lines.map(({ key, at, level, text }) => `${stamp(formatTime(at))} [${level}] ${key} ${text}`).join('\n');
  }
}

/** What looks like a fraction of the second is the two-digit year (2.13). */
const stamp = (time: string): string => `[${time}.${time.slice(2, 4)}]`;

/** What the server writes while it makes a run: not clean text, for it prints whole structs, the YAML and all it holds among them. */
export function traceOfStart(trace: Trace, plan: RunPlan, { runID, at, source, userName }: StartOptions): void {
  const { name, fsName, dockerEnv, disabled, failureOptions, parameters, workflow } = plan;
  const isRaw = /^[0-9a-f]{32}$/.test(source);
  const raw = isRaw ? Buffer.from(workflow.yaml).toString('base64') : '';
  const shown = `map[${[...(parameters?.keys() ?? [])].toSorted().join(' ')}]`;
  const request = `{FsName:${fsName} UserName:${userName} Name:${name} Description: Parameters:${shown} DockerEnv:${dockerEnv} Disabled:${disabled} FailureOptions:<nil> RunYamlRaw:${raw} PipelineID:${isRaw ? '' : source} RunYamlPath:}`;
  const run = `{Pk:0 ID:${runID} Name:${name} Source:${source} UserName:${userName} FsName:${fsName} RunYaml:${workflow.yaml} DockerEnv:${dockerEnv} Disabled:${disabled} FailureOptionsJson:{"strategy":"${failureOptions.strategy}"} Status:initiating}`;
  const info = (text: string) => trace.add(runID, at, text);
  info(`creating run for request:${request}`);
  info(`build workflow source for run: &${request}`);
  info('retrieve source and runYaml');
  info('run yaml and req to wfs');
  info(`check name reg pattern: ${name}`);
  info(`validate and start run: ${run}`);
  info('encode run');
  info('validate and init workflow');
  info('create run in db');
  info('create run in db success');
  info(`handle image and start wf: &${run}`);
  trace.add(runID, at, `StartWf run:&${run}`, 'DEBU');
  info('start workflow with image url');
  info('create run complete');
}
