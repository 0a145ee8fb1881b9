import { InvalidInputProblem } from '../../../problem/problem.ts';
import { textOf, valueOf } from './yaml.ts';
import { validateWorkflow, type Purpose } from './validate.ts';

/** Throws an `InvalidInputProblem` with every place of a YAML that PaddleFlow refuses for certain. Returns the name that it gives itself. */
export function requireWorkflow(yaml: string, purpose: Purpose, field: string): { readonly name: string | undefined } {
  // The backend takes an empty one for none, and would do something else.
  if (yaml === '') throw new InvalidInputProblem('must not be empty', field);
  const { issues, workflow } = validateWorkflow(yaml, purpose);
  const errors = issues.filter(({ severity }) => severity === 'ERROR');
  const [first] = errors;
  if (first) {
    const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more)`;
    throw new InvalidInputProblem(`line ${first.line}, column ${first.column}: ${first.message}${more}`, field, errors);
  }
  return { name: textOf(valueOf(workflow?.root, 'name')) };
}
