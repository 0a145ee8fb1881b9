import { csv, resolved, type Component, type Workflow } from './component.ts';
import type { Report } from './issue.ts';
import { entryOf, textOf, valueOf, type Value } from './yaml.ts';

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
  for (const key of forbidden) if (isSaid(key, valueOf(step.body, key))) wrong(key, `post_process has no ${key}`);
  const enable = valueOf(valueOf(step.body, 'cache'), 'enable');
  if (enable?.kind === 'scalar' && enable.value === true) wrong('cache', 'post_process must not be cached');
  if (step.inputs.length > 0) wrong('artifacts', 'post_process has no input artifacts');
  checkTarget(workflow, step, wrong);
}

/** Blank deps are none and an empty condition is none, but a loop over nothing is one. */
function isSaid(key: string, value: Value | undefined): boolean {
  if (value === undefined) return false;
  const text = textOf(value);
  return key === 'loop_argument' || text === undefined || (key === 'deps' ? csv(text).length > 0 : text !== '');
}

function checkTarget(workflow: Workflow, step: Component, wrong: (key: string, message: string) => void): void {
  if (resolved(workflow, step)?.isDag) wrong('reference', 'post_process must be a step, and this refers to a dag');
}
