import { nodeOf } from '../state/nodes.ts';
import type { JobRow } from '../state/job-rows.ts';
import type { State } from '../state/state.ts';

/** One pod of a job. */
interface Pod {
  readonly name: string;
  readonly uid: string;
  readonly role: string;
  readonly index: number;
}

/** A job as lists show it (2.15). */
export function jobView(row: JobRow, { zone }: State) {
  const { job, framework, members } = row;
  return {
    id: row.jobID,
    name: row.name,
    UserName: row.owner, // spelt so, alone among all keys
    labels: row.labels,
    annotations: row.annotations,
    schedulingPolicy: { queue: job.queueName, priority: row.priority },
    flavour: row.flavour,
    limitFlavour: row.limitFlavour,
    fs: row.fs,
    extraFS: row.extraFS,
    image: job.image,
    env: job.env,
    command: job.command,
    args: row.args,
    port: row.port,
    extensionTemplate: row.extensionTemplate,
    ...(framework === '' ? {} : { framework }),
    ...(members === null ? {} : { members }),
    status: job.status(),
    message: job.message(),
    acceptTime: zone.local(job.createdAt),
    startTime: zone.local(job.startedAt()),
    finishTime: zone.local(job.finishedAt()),
  };
}

/** A job read by itself: with what runs for it. */
export function jobDetail(row: JobRow, state: State) {
  return { ...jobView(row, state), ...runtimeOf(row, state) };
}

export function podsOf(row: JobRow, state: State): Pod[] {
  const [uid = ''] = row.job.taskID.split('_');
  if (row.members === null) return [{ name: row.jobID, uid, role: '', index: 0 }];
  const places = row.members.flatMap(({ role, replicas }) => Array.from({ length: replicas }, (_, index) => ({ role, index })));
  return places.map(({ role, index }) => {
    const name = `${row.jobID}-${role}-${index}`;
    return { name, role, index, uid: state.uuid(`pod ${name}`) };
  });
}

/** Of the queue that the job was sent to, which may be gone since. */
export const placeOf = ({ job }: JobRow, state: State) => state.queues.find(({ name }) => name === job.queueName);

function runtimeOf(row: JobRow, state: State) {
  if (row.job.status() === 'init' || (row.job.startedAt() === undefined && row.job.finishedAt() !== undefined)) return {};
  const queue = placeOf(row, state);
  const namespace = queue?.namespace ?? '';
  const status = JSON.stringify({ phase: phaseOf(row.job.status()) }); // text inside of text (2.15)
  const pods = podsOf(row, state).map(({ name, uid, role, index }) => {
    const nodeName = nodeOf(row.jobID, queue?.clusterName ?? '');
    return { name, namespace, id: uid, status, nodeName, role, index, logURL: `http://${nodeName}/containerLogs/${namespace}/${name}` };
  });
  const whole = { name: row.jobID, namespace, id: state.uuid(`object ${row.jobID}`), status };
  if (row.kind === 'distributed') return { distributedRuntime: { ...whole, runtimes: pods } };
  if (row.kind === 'workflow') return { workflowRuntime: { ...whole, nodes: pods } };
  return { runtime: pods[0] };
}

function phaseOf(status: string): string {
  if (status === 'succeeded') return 'Succeeded';
  if (status === 'pending') return 'Pending';
  return status === 'running' || status === 'terminating' ? 'Running' : 'Failed';
}
