import { parseCpu, parseMemory } from '../state/quantity.ts';
import type { JobFlavour, JobMember, JobMount, JobRow } from '../state/job-rows.ts';
import type { State } from '../state/state.ts';
import { addLoneJob } from '../state/lone-job.ts';
import { flavourOf, mountOf, noFlavour, noMount, smallest } from '../state/step-jobs.ts';
import type { Answer, Call, Endpoint } from '../wire/call.ts';
import { ok } from '../wire/call.ts';
import { flawOfLabel } from '../wire/dns-label.ts';
import { ApiError } from '../wire/errors.ts';
import type { Decoded } from '../wire/json.ts';
import { readBody } from '../wire/json.ts';

const mount = { name: 'string', mountPath: 'string', subPath: 'string', readOnly: 'boolean' } as const;
const flavour = { name: 'string', cpu: 'string', mem: 'string', scalarResources: 'string-map' } as const;
const common = {
  id: 'string',
  name: 'string',
  labels: 'string-map',
  annotations: 'string-map',
  schedulingPolicy: { queue: 'string', priority: 'string' },
  flavour,
  limitFlavour: flavour,
  fs: mount,
  extraFS: [mount],
  image: 'string',
  env: 'string-map',
  command: 'string',
  args: 'strings',
  port: 'integer',
  extensionTemplate: 'object',
} as const;
const shape = { ...common, framework: 'string', members: [{ ...common, role: 'string', replicas: 'integer' }] } as const;
type JobRequest = Decoded<typeof shape>;

/** Of one job. */
const maxPods = 1000;

const frameworks = ['spark', 'paddle', 'tensorflow', 'mpi', 'pytorch', 'mxnet', 'ray', 'aitj'];

/** Contract 2.15: every failure is `JobCreateFailed`, but for a body that cannot be parsed. */
export const jobCreate: readonly Endpoint[] = (['single', 'distributed', 'workflow'] as const).map((kind) => ({
  method: 'POST',
  path: `/job/${kind}`,
  handle: (call, state) => create(kind, call, state),
}));

function create(kind: JobRow['kind'], call: Call, state: State): Answer {
  const request = readBody(call.body, shape, 'decoder-text');
  const { id = '', name = '', schedulingPolicy = {}, env = {}, image = '', extensionTemplate = null } = request;
  const flaw = id === '' ? undefined : flawOfLabel(id);
  refuseIf(flaw !== undefined, `ID[${id}] of Job is invalid, err: ${flaw}`);
  refuseIf(state.jobs.find(id) !== undefined, `job[${id}] already exists`);
  refuseIf(name.length > 512, 'name is too long');
  const members = readMembers(kind, request);
  const queueName = readQueue(schedulingPolicy.queue ?? '', state);
  const priority = (schedulingPolicy.priority || 'NORMAL').toUpperCase();
  refuseIf(!['LOW', 'NORMAL', 'HIGH'].includes(priority), `priority[${priority}] is invalid`);
  // One pod stands for all: it works as the first member that says what to do.
  const ownImage = image || members?.find((member) => member['image'])?.['image'];
  const command = String(request.command || members?.find((member) => member['command'])?.['command'] || '');
  refuseIf(extensionTemplate === null && typeof ownImage !== 'string', 'required fields in {image} are empty, please fill it');
  refuseIf(kind === 'workflow' && extensionTemplate === null, 'extensionTemplate is required');
  const extraFS = (request.extraFS ?? []).map((extra) => readMount(extra, call.user, state));
  const facts = {
    owner: call.user,
    askedID: id,
    kind,
    name,
    labels: request.labels ?? null,
    annotations: request.annotations ?? null,
    priority,
    flavour: readFlavour(request.flavour, state) ?? smallest,
    limitFlavour: readFlavour(request.limitFlavour, state) ?? noFlavour,
    fs: request.fs === undefined ? noMount : readMount(request.fs, call.user, state),
    extraFS: extraFS.length === 0 ? null : extraFS,
    args: request.args ?? null,
    port: request.port ?? 0,
    extensionTemplate,
    framework: kind === 'distributed' ? (request.framework ?? '') : kind === 'single' ? 'standalone' : '',
    members,
  };
  const number = state.jobs.rows.takeNumber();
  const jobID = id || `job-${state.hex(`job/${number}`, 16)}`;
  const names = { jobID, podUid: state.uuid(`pod ${jobID}`), stepName: '', path: '', containerName: jobID, queueName };
  const ownEnv = { ...env, PF_JOB_NAMESPACE: state.queues.find((row) => row.name === queueName)?.namespace ?? '', PF_JOB_MODE: '' };
  const work = { image: String(ownImage ?? ''), command, env: ownEnv, extraFs: [], inputs: {}, outputs: {}, places: {} };
  addLoneJob({ ...names, ...work }, { ...facts, number }, state);
  return ok({ id: jobID });
}

function refuseIf(flaw: boolean, text: string): void {
  if (flaw) throw new ApiError('JobCreateFailed', text);
}

/** Submitting asks nobody whether the user may see the queue (1.4). */
function readQueue(name: string, state: State): string {
  const queue = state.queues.find((row) => row.name === name);
  refuseIf(name === '', 'queue is empty');
  refuseIf(queue === undefined, 'get queue failed when creating job, err=record not found');
  refuseIf(queue?.status !== 'open', `queue[${name}] is not open`);
  const cluster = state.clusters.find(({ clusterName }) => clusterName === queue?.clusterName);
  refuseIf(cluster?.status !== 'online', `cluster of queue[${name}] is not online`);
  return name;
}

function readFlavour(request: JobRequest['flavour'], state: State): JobFlavour | undefined {
  const { name = '', cpu = '', mem = '', scalarResources } = request ?? {};
  if (name === '') return undefined;
  if (name !== 'customFlavour') {
    const found = flavourOf(name, state);
    refuseIf(found === undefined, `get flavour[${name}] failed, err:record not found`);
    return found;
  }
  refuseIf((parseCpu(cpu) ?? 0) <= 0 || (parseMemory(mem) ?? 0) <= 0, `flavour cpu[${cpu}] mem[${mem}] is invalid`);
  return { cpu, mem, name, ...(scalarResources === undefined ? {} : { scalarResources }) };
}

function readMount({ name = '', ...more }: Decoded<typeof mount>, owner: string, state: State): JobMount {
  const found = mountOf(state, owner, { name, ...more });
  refuseIf(found.type === '', `file system[${found.id}] does not exist`);
  return found;
}

function readMembers(kind: JobRow['kind'], { framework = '', members = [] }: JobRequest): JobMember[] | null {
  if (kind !== 'distributed') return null;
  refuseIf(!frameworks.includes(framework), `invalid framework ${framework} for distributed job`);
  refuseIf(members.length === 0, 'members are required');
  const pods = members.reduce((sum, { replicas = 0 }) => sum + replicas, 0);
  refuseIf(pods > maxPods, `${pods} replicas do not fit into any queue`);
  return members.map(({ role = '', replicas = 0, ...member }) => {
    refuseIf(role === '' || replicas < 1, `member role[${role}] replicas[${replicas}] is invalid`);
    return { ...member, role, replicas };
  });
}
