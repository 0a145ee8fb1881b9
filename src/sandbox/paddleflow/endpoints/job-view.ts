import { openMap } from '../../kit/write-json.ts';
import { nodeOf } from '../state/nodes.ts';
import type { JobFlavour, JobMount, JobRow } from '../state/job-rows.ts';
import type { State } from '../state/state.ts';
import { podStatus } from './pod-status.ts';

/** One pod of a job. */
interface Pod {
  readonly name: string;
  readonly uid: string;
  readonly role: string;
  readonly index: number;
}

/** A job as lists show it (2.15). */
export function jobView(row: JobRow, state: State) {
  const { job, framework } = row;
  const { zone } = state;
  const members = row.members ?? (row.kind === 'single' ? [onlyMember(row, state)] : null);
  return {
    id: row.jobID,
    name: row.name,
    UserName: row.owner, // spelt so, alone among all keys
    labels: openOrNull(row.labels),
    annotations: openOrNull(row.annotations),
    schedulingPolicy: { queue: job.queueName, priority: row.priority },
    flavour: flavourView(row.flavour),
    limitFlavour: flavourView(row.limitFlavour),
    fs: mountView(row.fs),
    extraFS: row.extraFS,
    image: job.image,
    env: openMap(job.env),
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

/** What a single job says of the one member that it has. */
function onlyMember(row: JobRow, state: State) {
  const { job } = row;
  const queue = placeOf(row, state);
  const cluster = state.clusters.find(({ clusterName }) => clusterName === queue?.clusterName);
  return {
    id: row.askedID,
    replicas: 1,
    role: 'worker',
    name: row.name,
    fs: mountView(row.fs),
    flavour: flavourView(row.flavour),
    limitFlavour: flavourView(row.limitFlavour),
    priority: row.priority,
    clusterID: cluster?.id ?? '',
    queueID: queue?.id ?? '',
    queueName: job.queueName,
    kindGroupVersion: { kind: '', group: '', apiVersion: '' },
    labels: openOrNull(row.labels),
    annotations: openOrNull(row.annotations),
    env: openMap(job.env),
    command: job.command,
    image: job.image,
  };
}

const openOrNull = (map: Readonly<Record<string, string>> | null) => (map === null ? null : openMap(map));

const flavourView = ({ scalarResources, ...flavour }: JobFlavour) => ({
  ...flavour,
  ...(scalarResources === undefined ? {} : { scalarResources: openMap(scalarResources) }),
});

/** Without a file system there is not even an empty id (2.15). */
const mountView = (mount: JobMount) => (mount.name === '' ? { name: '', type: '' } : mount);

/** A job read by itself: with what runs for it. */
export function jobDetail(row: JobRow, state: State) {
  return { ...jobView(row, state), ...runtimeOf(row, state) };
}

export function podsOf(row: JobRow, state: State): Pod[] {
  const [uid = ''] = row.job.taskID.split('_');
  if (row.members === null) return [{ name: row.jobID, uid, role: 'worker', index: 0 }];
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
  const cluster = state.clusters.find(({ clusterName }) => clusterName === queue?.clusterName);
  const namespace = queue?.namespace ?? '';
  const status = podStatus(row); // text inside of text (2.15)
  const pods = podsOf(row, state).map(({ name, uid, role, index }) => {
    // A cluster of this kind has no nodes that could be asked for a log.
    const single = cluster?.clusterType === 'K3S';
    const nodeName = single ? 'local' : nodeOf(row.jobID, queue?.clusterName ?? '');
    const [host, container] = single ? [':', ''] : [`${nodeName}:8231`, state.hex(`container ${name}`, 64)];
    const asked = new URLSearchParams({
      jobID: row.jobID,
      token: state.hex(`log token of ${name}`, 32),
      t: String(Math.floor(state.now / 1000)),
      clusterID: cluster?.id ?? '',
      nodeName,
    });
    return { name, namespace, id: uid, status, nodeName, role, index, logURL: `http://${host}/v1/containers/${container}/log?${asked}` };
  });
  const whole = { name: row.jobID, namespace, id: state.uuid(`object ${row.jobID}`), status };
  if (row.kind === 'distributed') return { distributedRuntime: { ...whole, runtimes: pods } };
  if (row.kind === 'workflow') return { workflowRuntime: { ...whole, nodes: pods } };
  return { runtime: pods[0] };
}
