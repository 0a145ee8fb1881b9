import { deadlyInWorkflow } from '../client/deadly-input.ts';
import { workflowOf, type Component, type Workflow } from './component.ts';
import { checkDependencies } from './dependencies.ts';
import { checkDisabled, disabledNames, fullNameOf } from './disabled.ts';
import { createReport, untilEnough, type Issue, type Report } from './issue.ts';
import { checkAdvice } from './advice.ts';
import { checkFileSystem } from './file-system.ts';
import { checkPostProcess } from './post-process.ts';
import { checkReference } from './references.ts';
import { checkControl, checkScopes, type Surroundings } from './scopes.ts';
import { checkStructure } from './structure.ts';
import { longestYaml, readYaml } from './read-yaml.ts';
import { checkValues } from './values.ts';
import { textOf, valueOf, type Value } from './yaml.ts';

/** What a workflow is for. Requests may hold what it lacks: a name, a file system, other components to leave out. */
export interface Purpose {
  readonly kind: 'PIPELINE' | 'RUN';
  /** `given` in the request, or perhaps. */
  readonly name?: 'given' | 'perhaps' | undefined;
  readonly fileSystem?: 'given' | 'perhaps' | undefined;
  /** Instead of the YAML's own. */
  readonly disabled?: readonly string[] | undefined;
}

export interface Validation {
  readonly issues: readonly Issue[];
  readonly workflow: Workflow | undefined;
}

/**
 * The rules of contract 7 as far as they can be told without the server: file systems, queues and images are its business. Where the contract
 * leaves a doubt there is a warning or nothing: PaddleFlow decides, and to be refused wrongly here is worse than to be refused late.
 */
export function validateWorkflow(yaml: string, purpose: Purpose): Validation {
  const bytes = Buffer.byteLength(yaml);
  if (bytes > longestYaml) {
    const message = `It has ${bytes} bytes, and PaddleFlow keeps ${longestYaml} at most`;
    return { issues: [{ severity: 'ERROR', message, path: [], line: 1, column: 1 }], workflow: undefined };
  }
  const { root, issues, repeated } = readYaml(yaml);
  const report = createReport(issues);
  const workflow = root && workflowOf(root);
  untilEnough(() => {
    for (const { message, path, ...at } of deadlyInWorkflow(yaml)) report.error(at, path, message);
    // A run refuses them, a pipeline takes the last one.
    for (const { at, path } of repeated)
      report[purpose.kind === 'RUN' ? 'error' : 'warning'](at, path, `The key ${path.at(-1)} stands here for the second time`);
    if (root === undefined || workflow === undefined) return;
    checkStructure(root, report);
    if (root.kind === 'map') checkRules(workflow, purpose, report);
  });
  return { issues: report.issues.toSorted((one, other) => one.line - other.line || one.column - other.column), workflow };
}

function checkRules(workflow: Workflow, purpose: Purpose, report: Report): void {
  checkWorkflowName(workflow.root, purpose, report);
  checkFileSystem(workflow, purpose, report);
  const off = new Set(disabledNames(workflow, purpose.disabled));
  checkLevel(workflow.entries, { workflow, parent: undefined, isTemplate: false, off }, report);
  for (const template of workflow.templates.values())
    checkOne(template, { workflow, siblings: [], parent: 'unknown', isTemplate: true, off }, report);
  checkPostProcess(workflow, report);
  for (const step of workflow.postProcess) checkOne(step, { workflow, siblings: [], parent: undefined, isTemplate: false, off }, report);
  checkValues(workflow, purpose, off, report);
  checkDisabled(workflow, purpose.disabled, report);
  checkAdvice(workflow, report);
}

function checkWorkflowName(root: Value, { kind, name }: Purpose, report: Report): void {
  if (name === 'given') return;
  const value = valueOf(root, 'name');
  const given = textOf(value);
  if (value !== undefined && given === undefined) return; // of the wrong type: said already
  if (!given) {
    const severity = name === 'perhaps' ? 'warning' : 'error';
    return report[severity](
      value?.at ?? root.at,
      ['name'],
      kind === 'RUN' ? 'The run needs a name, here or in the request' : 'A pipeline takes its name from here',
    );
  }
  if (!/^[A-Za-z_][A-Za-z0-9_-]{0,127}$/.test(given))
    report.error(value?.at ?? root.at, ['name'], 'name must be a letter or "_", then at most 127 letters, digits, "_" or "-"');
}

function checkLevel(siblings: readonly Component[], around: Omit<Surroundings, 'siblings'>, report: Report): void {
  checkDependencies(siblings, report);
  for (const component of siblings) checkOne(component, { ...around, siblings }, report);
}

function checkOne(component: Component, around: Surroundings, report: Report): void {
  checkControl(component, report);
  const into = around.off.has(fullNameOf(component) ?? '') ? { ...report, error: report.warning } : report;
  checkReference(around.workflow, component, into);
  checkScopes(component, around, into);
  checkLevel(component.children, { ...around, parent: component, isTemplate: false }, report);
}
