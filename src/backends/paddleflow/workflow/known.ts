import { workflowOf, type Workflow } from './component.ts';
import { readYaml } from './read-yaml.ts';

/** In characters of all texts together: a few of the longest. */
const mostKept = 250_000;

/** Last used last. */
const known = new Map<string, Workflow | undefined>();
let kept = 0;

/**
 * The workflow in a text that may be long, or hold anything; undefined when it cannot be read. The texts that were asked for last are known: those of the
 * runs that are under way are asked for over and over.
 */
export function workflowIn(yaml: string): Workflow | undefined {
  const isKnown = known.has(yaml);
  const workflow = isKnown ? known.get(yaml) : read(yaml);
  known.delete(yaml);
  known.set(yaml, workflow);
  if (!isKnown) kept += yaml.length;
  for (const oldest of known.keys()) {
    if (kept <= mostKept) break;
    known.delete(oldest);
    kept -= oldest.length;
  }
  return workflow;
}

function read(yaml: string): Workflow | undefined {
  const { root } = readYaml(yaml);
  return root && workflowOf(root);
}
