import { Characters, YamlError, type Place } from '../go-yaml/characters.ts';
import { composeYaml } from '../go-yaml/compose.ts';
import { conditionProblem } from '../workflow/condition/condition.ts';
import { parseCrontab } from '../schedule/crontab/crontab.ts';
import { neverFires } from '../schedule/crontab/fire-times.ts';
import { referenceCircles } from './reference-circles.ts';
import { WorkflowNodes, type Part } from '../wire/workflow-nodes.ts';

/**
 * What PaddleFlow takes, or only seems to refuse, and what then makes it hang, spin or cut the connection. All of it is here, and nothing of it is ever
 * sent, whoever asks:
 *
 * - an empty `entry_points`, at whatever level: the run never ends, and cannot be stopped or deleted (contract 7.14);
 * - a `post_process` step that refers to what is itself a reference: the request hangs for ever, and a core burns (1.9);
 * - templates that refer to each other in a circle, which it follows (7.7);
 * - a condition that ends in a backslash: its parser reads beyond the end, and the connection is cut (1.9, 7.8);
 * - a crontab that never fires: its scheduler spins for ever, after a restart too (2.11);
 * - a crontab of nothing but a time zone: its parser reads beyond the end (`parseCrontab` refuses that).
 *
 * Single values that do the same (markers, negative pages, `glusterfs` without a volume, the cluster type `Local`) are refused where they are
 * turned into requests: see `validate.ts`.
 */
export interface Deadly extends Place {
  readonly message: string;
  /** Keys that lead there. */
  readonly path: readonly string[];
}

/** In a workflow. None where it is no YAML to PaddleFlow: then it says so itself, and nothing worse happens. Takes a time in proportion to the text. */
export function deadlyInWorkflow(yaml: string): Deadly[] {
  const characters = new Characters(yaml);
  const found: Deadly[] = [];
  const add = (part: Part, message: string) => found.push({ message, path: part.path, ...characters.placeOf(part.key.index) });
  try {
    const root = composeYaml(characters);
    const nodes = new WorkflowNodes(root);
    for (const part of nodes.emptySections()) add(part, 'There is nothing to do: PaddleFlow takes that, and the run never ends');
    for (const part of nodes.components()) {
      const condition = nodes.text(part.value, 'condition');
      if (condition && conditionProblem(condition.text)?.deadly)
        add(condition.part, 'PaddleFlow cuts the connection over a backslash at the end');
    }
    for (const { part, name } of nodes.doubleReferences())
      add(part, `${name} is itself a reference: PaddleFlow hangs on that in post_process`);
    for (const { part, names } of referenceCircles(nodes)) add(part, `References go in a circle: ${names.join(' refers to ')}`);
    return found;
  } catch (error) {
    if (error instanceof YamlError) return [];
    throw error;
  }
}

/** Why a crontab is not sent, for people. Throws a `CrontabError` for what is none, which PaddleFlow would say itself or cut the connection over. */
export function deadlyInCrontab(crontab: string, zone: string, now: Date): string | undefined {
  if (!neverFires(parseCrontab(crontab, zone), now)) return undefined;
  return 'It never fires: there is no such day, or no such time. PaddleFlow would look for it for ever';
}
