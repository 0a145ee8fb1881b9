import { InvalidCallError } from '../../../upstream/errors.ts';
import { CrontabError } from '../schedule/crontab/crontab.ts';
import { deadlyInCrontab, deadlyInWorkflow } from './deadly-input.ts';

/** Everything else about a workflow the server judges; what would make it hang or worse is not sent. */
export function checkWorkflow(field: string, yaml: string | undefined): void {
  const [deadly] = yaml === undefined ? [] : deadlyInWorkflow(yaml);
  if (deadly) throw new InvalidCallError(field, `at line ${deadly.line}, column ${deadly.column}: ${deadly.message}`);
}

/** What is none is not sent either. By which clock it counts does not matter here. */
export function checkCrontab(field: string, crontab: string): void {
  try {
    const deadly = deadlyInCrontab(crontab, 'UTC', new Date());
    if (deadly !== undefined) throw new InvalidCallError(field, `is refused: ${deadly}`);
  } catch (error) {
    throw error instanceof CrontabError ? new InvalidCallError(field, `is refused: ${error.message}`) : error;
  }
}
