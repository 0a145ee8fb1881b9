import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import { readJson } from '../../kit/read-json.ts';
import { fileSystemOwner } from '../wire/access.ts';
import type { Endpoint } from '../wire/call.ts';
import { created } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
import { readBody } from '../wire/json.ts';
import { parseWorkflow, planRun } from '../workflow/index.ts';
import { refusing, requireFileSystems } from './pipeline-source.ts';
import { dumpOfWorkflow } from './run-json-dump.ts';
import { workflowOfRunJson } from './run-json-workflow.ts';
import { startRun } from './run-start.ts';

/** `POST /runjson`: a workflow in camelCase JSON (2.7). */
export const runJson: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/runjson',
    handle(call, state) {
      if (call.body.trim() === '') throw new ApiError('MalformedJSON', 'request body json format invalid');
      const { description = '', username } = readBody(call.body, { description: 'string', username: 'string' }, 'decoder-text');
      const fsUser = fileSystemOwner(call.user, username);
      const { yaml, dump } = readWorkflow(call.body);
      // Whatever is wrong counts as the pipeline's fault.
      const workflow = { ...refusing(() => parseWorkflow(yaml, { duplicateKeys: 'refuse' })), yaml: dump };
      const plan = refusing(() => planRun(workflow, {}));
      requireFileSystems(state, fsUser, workflow);
      const run = startRun(state, plan, {
        source: createHash('md5').update(dump).digest('hex'),
        owner: call.user,
        fsUser,
        description,
        scheduleID: '',
        scheduledTime: '',
        parameters: null,
        disabled: plan.disabled,
      });
      return created({ runID: run.runID });
    },
  },
];

/** The same workflow as YAML, from a body that has been decoded as an object. What nests too deep for us is refused like any other flaw. */
function readWorkflow(body: string): { yaml: string; dump: string } {
  try {
    const workflow = workflowOfRunJson(readJson(body));
    return { yaml: stringify(workflow, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false }), dump: dumpOfWorkflow(workflow) };
  } catch (error) {
    throw error instanceof RangeError ? new ApiError('InvalidPipeline', 'the workflow is nested too deep') : error;
  }
}
