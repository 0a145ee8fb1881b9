import { resolved, templateOf, type Component, type Workflow } from './component.ts';
import type { Report } from './issue.ts';
import { entryOf, textOf, valueOf } from './yaml.ts';

const forbidden = ['deps', 'condition', 'loop_argument'];

/** The closing step (contract 7.9): at most one, on its own. */
export function checkPostProcess(workflow: Workflow, report: Report): void {
  const [step, another] = workflow.postProcess;
  if (another) report.error(another.at, another.path, 'post_process has at most one step');
  if (step === undefined) return;
  const wrong = (key: string, message: string) => report.error(entryOf(step.body, key)?.at ?? step.at, [...step.path, key], message);
  if (workflow.entries.some(({ name }) => name === step.name))
    report.error(step.at, step.path, `${step.name} is a name among the entry_points already`);
  if (step.isDag) return wrong('entry_points', 'post_process must be a step, not a dag');
  for (const key of forbidden)
    if (textOf(valueOf(step.body, key))?.trim() !== '' && entryOf(step.body, key)) wrong(key, `post_process has no ${key}`);
  const enable = valueOf(valueOf(step.body, 'cache'), 'enable');
  if (enable?.kind === 'scalar' && enable.value === true) wrong('cache', 'post_process must not be cached');
  if (step.inputs.length > 0) wrong('artifacts', 'post_process has no input artifacts');
  checkTarget(workflow, step, wrong);
}

function checkTarget(workflow: Workflow, step: Component, wrong: (key: string, message: string) => void): void {
  const template = templateOf(workflow, step);
  // The server would never come to an end with that one (contract 1.9).
  if (template?.reference !== undefined)
    return wrong('reference', `${template.name} is itself a reference: PaddleFlow hangs on that in post_process`);
  if (resolved(workflow, step)?.isDag) wrong('reference', 'post_process must be a step, and this refers to a dag');
}
