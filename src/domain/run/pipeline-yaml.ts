import { parse } from 'yaml';

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** PaddleFlow reads its YAML as version 1.1, where `yes` is a boolean (contract 7). */
function readYaml(yaml: string): unknown {
  try {
    return parse(yaml, { version: '1.1', uniqueKeys: false, logLevel: 'silent' });
  } catch {
    return undefined; // an old pipeline may hold what no longer parses: it names no queue then
  }
}

function stepEnvironments(component: unknown): unknown[] {
  if (!isMap(component)) return [];
  if (isMap(component['entry_points'])) return Object.values(component['entry_points']).flatMap(stepEnvironments);
  return component['reference'] === undefined ? [component['env']] : []; // a reference runs what stands under `components`
}

/** The queues that the steps of a pipeline ask for; a step that names none goes to `default-queue` (contract 7.11). */
export function queuesInYaml(yaml: string): string[] {
  const root = readYaml(yaml);
  if (!isMap(root)) return [];
  const sections = ['entry_points', 'components', 'post_process'].map((key) => root[key]).filter(isMap);
  const environments = sections.flatMap((section) => Object.values(section).flatMap(stepEnvironments));
  const names = environments.map((env) => (isMap(env) ? env['PF_JOB_QUEUE_NAME'] : undefined));
  const named = names.map((name) => (name === undefined ? 'default-queue' : name));
  return [...new Set(named.filter((name): name is string => typeof name === 'string' && name !== '' && !name.includes('{{')))];
}
