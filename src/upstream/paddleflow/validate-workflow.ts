import { parseDocument } from 'yaml';
import { InvalidCallError } from '../errors.ts';

/**
 * A workflow whose `post_process` step references a component that is itself a reference sends the server's validation into an endless loop, and
 * burns a core for ever (1.9). Everything else about a workflow the server judges; so it does what is no YAML, unless that speaks of references.
 */
export function checkWorkflow(field: string, yaml: string | undefined): void {
  if (yaml === undefined) return;
  const refuse = (why: string): never => {
    throw new InvalidCallError(field, why);
  };
  const workflow = parse(yaml);
  if (workflow === undefined) {
    if (yaml.includes('reference')) refuse('is no YAML that can be checked for references');
    return;
  }
  for (const step of Object.values(entriesOf(entriesOf(workflow)['post_process']))) {
    const component = referenceOf(step);
    const target = component === undefined ? undefined : entriesOf(entriesOf(workflow)['components'])[component];
    if (referenceOf(target) !== undefined) refuse('has a post_process step that references a reference');
  }
}

/** As the server's reader does: YAML 1.1, of repeated keys the last one. `undefined`: does not parse. */
function parse(yaml: string): unknown {
  try {
    const document = parseDocument(yaml, { version: '1.1', uniqueKeys: false, logLevel: 'error' });
    return document.errors.length > 0 ? undefined : (document.toJS({ maxAliasCount: 100 }) ?? null);
  } catch {
    return undefined; // aliases that multiply
  }
}

function referenceOf(component: unknown): string | undefined {
  const reference = entriesOf(entriesOf(component)['reference'])['component'];
  return reference === undefined || reference === null || reference === '' ? undefined : String(reference);
}

const entriesOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}; // an object has names
