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

/** Where a step runs that names no queue (contract 7.11). */
export const defaultQueue = 'default-queue';

/** The steps below a component, by way of the templates that it refers to. */
function stepsBelow(
  component: unknown,
  templates: Record<string, unknown>,
  seen: ReadonlySet<string> = new Set(),
): Record<string, unknown>[] {
  if (!isMap(component)) return [];
  const { entry_points: children, reference } = component;
  if (isMap(children)) return Object.values(children).flatMap((child) => stepsBelow(child, templates, seen));
  if (reference === undefined || reference === null) return [component];
  const name = isMap(reference) ? reference['component'] : undefined;
  if (typeof name !== 'string' || seen.has(name) || !Object.hasOwn(templates, name)) return []; // an old pipeline may go in circles
  return stepsBelow(templates[name], templates, new Set([...seen, name]));
}

/** The queues that the steps of a pipeline ask for. One whose name is a template is known only once its step has begun. */
export function queuesInYaml(yaml: string): string[] {
  const root = readYaml(yaml);
  if (!isMap(root)) return [];
  const templates = isMap(root['components']) ? root['components'] : {};
  const entries = [root['entry_points'], root['post_process']].filter(isMap).flatMap((section) => Object.values(section));
  const names = entries
    .flatMap((entry) => stepsBelow(entry, templates))
    .map(({ env }) => (isMap(env) ? env['PF_JOB_QUEUE_NAME'] : undefined));
  return [...new Set(names.map((name) => String(name ?? '') || defaultQueue))].filter((name) => !name.includes('{{'));
}
