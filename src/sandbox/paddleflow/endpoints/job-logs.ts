import { parseMemory } from '../state/quantity.ts';
import type { JobRow } from '../state/job-rows.ts';
import type { State } from '../state/state.ts';
import { isRoot } from '../wire/access.ts';
import type { Call, Endpoint } from '../wire/call.ts';
import { ok } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
import { readInteger } from '../wire/integer.ts';
import { hasQueueGrant } from './grants.ts';
import { placeOf, podsOf } from './job-view.ts';
import { lineText } from './log-page.ts';
import { isCollected } from './run-logs.ts';

const frameworks = ['standalone', 'spark', 'paddle', 'tensorflow', 'pytorch', 'mxnet', 'ray'];
const stub = { jobID: '', taskList: null, name: '', type: '', eventList: null };

/** Contract 2.13, second half: the log of a pod by its name, which asks nobody for permission (1.4). */
export const jobLogs: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/log/job',
    handle(call, state) {
      const asked = (name: string) => call.query.get(name) ?? '';
      const [clusterName, jobID, name, namespace, type] = ['clusterName', 'jobID', 'name', 'namespace', 'type'].map(asked) as [
        string,
        string,
        string,
        string,
        string,
      ]; // as many as names
      const limits = readLimits(call);
      const cluster = state.clusters.find((row) => row.clusterName === clusterName);
      if (cluster === undefined) throw badUri(`get cluster ${clusterName} failed. err:record not found`);
      if (jobID !== '') return checkJob(jobID, clusterName, call, state);
      // Whatever is asked for, this kind of cluster knows nothing of pods.
      if (cluster.clusterType === 'K3S')
        throw new ApiError('InternalError', `get k8s logs ${name} failed. err:get mixed logs failed. error:  Must use a right job info.`);
      if (name === '' || namespace === '') throw badUri('name and namespace are required without jobID');
      if (type !== 'pod' && type !== 'deployment') throw badUri(`type[${type}] is invalid`);
      const taskList = type === 'pod' ? [taskOf(podOf(name, namespace, clusterName, state), limits, state)] : [];
      return ok({ jobID: '', taskList, name, type, eventList: null });
    },
  },
];

const badUri = (text: string): ApiError => new ApiError('InvalidURI', text);

/** With `jobID` the checks are done, and then the answer is empty. */
function checkJob(jobID: string, clusterName: string, call: Call, state: State) {
  const row = state.jobs.find(jobID);
  const queue = row && placeOf(row, state);
  const visible = row !== undefined && (isRoot(call.user) || row.owner === call.user) && hasQueueGrant(call.user, row.job.queueName, state);
  if (!visible || queue?.clusterName !== clusterName) throw badUri(`job[${jobID}] cannot be read`);
  const framework = call.query.get('framework') ?? '';
  if (!frameworks.includes(framework))
    throw new ApiError('InvalidArguments', `get k8s logs ${jobID} failed. err:job ${jobID} framework ${framework} unsupport`);
  return ok(stub);
}

interface Limits {
  readonly fromTail: boolean;
  readonly lines: number;
  readonly bytes: number;
}

/** What is out of its range counts as not sent. */
function readLimits(call: Call): Limits {
  const [tail, lines, size] = ['readFromTail', 'lineLimit', 'sizeLimit'].map((name) => call.query.get(name) ?? '') as [
    string,
    string,
    string,
  ]; // as many as names
  if (!/^(|1|t|true|0|f|false)$/i.test(tail)) throw badUri(`readFromTail[${tail}] is invalid`);
  if (lines !== '' && readInteger(lines) === undefined) throw badUri(`lineLimit[${lines}] is invalid`);
  const bytes = size === '' ? 100e6 : parseMemory(size);
  if (bytes === undefined) throw badUri(`sizeLimit[${size}] is invalid`);
  return {
    fromTail: /^(1|t|true)$/i.test(tail),
    lines: Number(lines) >= 1 && Number(lines) <= 1_000_000 ? Number(lines) : 1000,
    bytes: bytes <= 0 || bytes > 1e9 ? 100e6 : bytes,
  };
}

/** Pods are named like their job; of a distributed one, like job, role and number. */
function podOf(name: string, namespace: string, clusterName: string, state: State): { row: JobRow; uid: string } {
  for (const row of state.jobs.rows.all()) {
    const queue = name.startsWith(row.jobID) ? placeOf(row, state) : undefined;
    if (queue?.clusterName !== clusterName || queue.namespace !== namespace || isCollected(row.job, state.now)) continue;
    const pod = podsOf(row, state).find((candidate) => candidate.name === name);
    if (pod !== undefined) return { row, uid: pod.uid };
  }
  throw new ApiError('', `pods "${name}" not found`);
}

function taskOf({ row, uid }: { row: JobRow; uid: string }, { fromTail, lines, bytes }: Limits, state: State) {
  const { job } = row;
  const count = job.startedAt() === undefined ? 0 : job.lineCount(state.now);
  const first = fromTail ? Math.max(0, count - lines) : 0;
  const text: string[] = [];
  let size = 0;
  for (let index = first; index < Math.min(count, first + lines); index += 1) {
    const line = `${lineText(job.line(index))}\n`;
    size += Buffer.byteLength(line);
    if (size > bytes) break;
    text.push(line);
  }
  const container = job.taskID.slice(job.taskID.indexOf('_') + 1);
  const truncated = text.length < count;
  return { taskID: `${row.jobID}_${uid}/${container}`, logInfo: { logContent: text.join(''), hasNextPage: false, truncated } };
}
