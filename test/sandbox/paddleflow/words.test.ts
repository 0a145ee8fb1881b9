import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bench, Caller } from './bench.ts';
import { base64, startBench, stepYaml } from './bench.ts';

let bench: Bench;
const callers: Record<string, Caller> = {};
const yamlRaw = base64(stepYaml(1, 'flow'));
const kubeconfig = base64('apiVersion: v1\n');
const dns =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const quantity = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const schedule = { name: 'nightly', pipelineID: 'ppl-000001', pipelineVersionID: '1', crontab: '@daily' };

/** One thing of each kind, made by root at ten in Shanghai; alice, whose nothing is. */
beforeAll(async () => {
  bench = await startBench();
  const { root } = bench;
  callers['root'] = root;
  callers['alice'] = await bench.user('alice');
  await root.post('/cluster', { clusterName: 'edge', endpoint: 'x', clusterType: 'K3S', credential: kubeconfig });
  await root.post('/cluster', { clusterName: 'asleep', endpoint: 'x', clusterType: 'K3S', credential: kubeconfig, status: 'offline' });
  await root.post('/cluster', {
    clusterName: 'narrow',
    endpoint: 'x',
    clusterType: 'K3S',
    credential: kubeconfig,
    namespaceList: ['a', 'b'],
  });
  await root.post('/flavour', { name: 'big', cpu: '8', mem: '16Gi', clusterName: 'edge' });
  await root.post('/fs', { name: 'data', url: 'local://tmp/data' });
  await root.post('/fs', { name: 'wide', url: 'cfs://h/x' });
  await root.post('/pipeline', { yamlRaw });
  await root.post('/schedule', schedule);
  await root.post('/job/single', { id: 'mine', image: 'x', command: 'sleep 1000', schedulingPolicy: { queue: 'default-queue' } });
  await bench.run(stepYaml(1000));
  await root.post('/pipeline', { yamlRaw: base64(stepYaml(1, 'lonely')) });
  bench.control.advance(100);
});
afterAll(() => bench[Symbol.asyncDispose]());

type Row = [who: string, call: string, body: unknown, code: string, message: string];

const flavours: Row[] = [
  ['root', 'POST /flavour', { name: 'x', cpu: 'many', mem: '1Gi' }, 'FlavourInvalidField', `validate cpu failed,err: ${quantity}`],
  ['root', 'POST /flavour', { name: 'x', cpu: '1', mem: '0' }, 'FlavourInvalidField', 'validate mem failed,err: cpu cannot be negative'],
  ['root', 'POST /flavour', { name: 'x', cpu: '1', mem: '1Gi', scalarResources: { gpu: 'x' } }, 'FlavourInvalidField', `gpu ${quantity}`],
  ['root', 'POST /flavour', { name: 'x', cpu: '1', mem: '1Gi', clusterName: 'none' }, 'ClusterNameNotFound', 'record not found'],
  ['root', 'PUT /flavour/big', { cpu: '-1', clusterName: 'edge' }, 'FlavourInvalidField', 'cpu cannot be negative'],
  ['root', 'PUT /flavour/big', { mem: 'x', clusterName: 'edge' }, 'FlavourInvalidField', quantity],
  ['root', 'PUT /flavour/big', { cpu: '1' }, '', "not support operate to update flavour[big]'s cluster"],
  ['root', 'PUT /flavour/none', {}, '', 'record not found'],
  ['root', 'DELETE /flavour/none', undefined, 'FlavourNotFound', 'delete flavour none occur a error:record not found'],
];

const cluster = { clusterName: 'new', endpoint: 'x', clusterType: 'K3S', credential: kubeconfig };
const clusters: Row[] = [
  ['root', 'POST /cluster', { ...cluster, clusterType: '' }, 'InternalError', 'ClusterType should not be empty'],
  ['root', 'POST /cluster', { ...cluster, clusterType: 'k8s' }, 'InternalError', 'ClusterType [k8s] is invalid'],
  [
    'root',
    'POST /cluster',
    { ...cluster, clusterType: 'Kubernetes' },
    'InternalError',
    'version of cluster Kubernetes should not be empty',
  ],
  ['root', 'POST /cluster', { ...cluster, status: 'asleep' }, 'InternalError', "clusterStatus can only be 'online' or 'offline'"],
  ['root', 'POST /cluster', { ...cluster, namespaceList: ['A'] }, 'InternalError', `namespace[A] is invalid, err: ${dns}`],
  ['alice', 'POST /cluster', cluster, 'OnlyRootAllowed', 'create cluster failed'],
  ['alice', 'GET /cluster/resource', undefined, 'OnlyRootAllowed', 'get cluster failed'],
  ['alice', 'POST /cluster/resource', {}, 'OnlyRootAllowed', 'list cluster resources failed'],
  ['alice', 'GET /cluster/edge/nodeInfos', undefined, 'OnlyRootAllowed', 'list node infos failed'],
  ['root', 'GET /cluster/edge/nodeInfos?pageSize=101', undefined, 'InvalidURI', 'NodePageSize over max value'],
  ['alice', 'GET /cluster', undefined, 'OnlyRootAllowed', 'This operation is only allowed for root user'],
];

const queue = { name: 'new', namespace: 'default', clusterName: 'edge', maxResources: { cpu: '1', mem: '1Gi' } };
const queues: Row[] = [
  ['alice', 'POST /queue', queue, 'OnlyRootAllowed', 'create request failed'],
  ['alice', 'PUT /queue/default-queue', {}, 'OnlyRootAllowed', 'update request failed'],
  ['root', 'PUT /queue/none', {}, 'RecordNotFound', 'record not found'],
  [
    'root',
    'POST /queue',
    { ...queue, clusterName: 'asleep' },
    'InvalidClusterStatus',
    'cluster[asleep] not in online status, operator not permit',
  ],
  ['root', 'POST /queue', { ...queue, namespace: 'A' }, 'NamespaceNotFound', `namespace[A] of queue is invalid, err: ${dns}`],
  [
    'root',
    'POST /queue',
    { ...queue, clusterName: 'narrow' },
    'NamespaceNotFound',
    'namespace[default] of queue not in the specified values [["a","b"]] by cluster[narrow]',
  ],
  ['root', 'POST /queue', { ...queue, name: 'DEFAULT' }, 'InvalidNamePattern', `name[DEFAULT] of queue is invalid, err: ${dns}`],
  ['root', 'PUT /queue/default-queue', { maxResources: { cpu: 'x' } }, 'InvalidComputeResource', quantity],
];

const s3 = { accessKey: 'a', secretKey: 'b', endpoint: 'http://c' };
const storage: Row[] = [
  [
    'root',
    'POST /fs',
    { name: 'a b', url: 'local://a' },
    'FileSystemNameFormatError',
    'Field[name] is invalid, fsName[a b] must be letters or numbers and fsName maximum length is 63',
  ],
  [
    'root',
    'POST /fs',
    { name: 'x'.repeat(56), url: 'local://a' },
    'FileSystemNameFormatError',
    `Field[name] is invalid, The sum of the lengths of username[root] and fsName[${'x'.repeat(56)}] should be less than 63`,
  ],
  [
    'root',
    'POST /fs',
    { name: 'a', url: 'nothing' },
    'InvalidFileSystemParamsURL',
    'Field[url] is invalid, is not a correct file-system url',
  ],
  [
    'root',
    'POST /fs',
    { name: 'a', url: 'ftp://h/x' },
    'InvalidFileSystemParamsURL',
    'Field[url] is invalid, can not support [ftp] file system',
  ],
  [
    'root',
    'POST /fs',
    { name: 'a', url: 'local://root/x' },
    'InvalidFileSystemParamsURL',
    'Field[url] is invalid, local path can not be empty or use root path',
  ],
  ['root', 'POST /fs', { name: 'a', url: 'hdfs://h' }, 'InvalidFileSystemParamsURL', 'Field[url] is invalid, hdfs url format is wrong'],
  [
    'root',
    'POST /fs',
    { name: 'a', url: 'hdfs://h/x' },
    'InvalidFileSystemParamsProperties',
    'Field[properties] is invalid, not correct hdfs properties',
  ],
  [
    'root',
    'POST /fs',
    { name: 'a', url: 's3://b/x', properties: { ...s3, accessKey: '' } },
    'InvalidFileSystemParamsProperties',
    'Field[properties] is invalid, key[accessKey] cannot be empty',
  ],
  [
    'root',
    'POST /fs',
    { name: 'a', url: 'sftp://h/x' },
    'InvalidFileSystemParamsProperties',
    'Field[user] is invalid, key[user] cannot be empty',
  ],
  [
    'root',
    'POST /fs',
    { name: 'a', url: 'afs://h:1/x' },
    'InvalidFileSystemParamsProperties',
    'Field[properties] is invalid, username is empty',
  ],
  [
    'root',
    'POST /link',
    { fsName: 'wide', fsPath: '/e', url: 'x' },
    'InvalidLinkURL',
    'Field[url] is invalid, is not a correct link file-system url',
  ],
  [
    'root',
    'POST /link',
    { fsName: 'wide', fsPath: '/e', url: 'mock://x' },
    'InvalidLinkURL',
    'Field[url] is invalid, link can not support [mock] file system',
  ],
  [
    'root',
    'POST /link',
    { fsName: 'wide', fsPath: '/e', url: 's3://b/x' },
    'InvalidLinkURL',
    'Field[properties] is invalid, must not be empty',
  ],
  [
    'root',
    'POST /link',
    { fsName: 'wide', fsPath: '/e', url: 'local://a' },
    'InvalidLinkProperties',
    'Field[debug] is invalid, properties key[debug] must true',
  ],
  [
    'root',
    'POST /link',
    { fsName: 'data', fsPath: '/e', url: 'cfs://h/x' },
    'InvalidFileSystemFsName',
    'Field[fsName] is invalid, fs name[data] type[local] can not support link feature',
  ],
  ['root', 'GET /link/none', undefined, 'RecordNotFound', 'record not found'],
  ['root', 'POST /fsCache', { fsName: 'none' }, 'RecordNotFound', 'fs[fs-root-none] not exist'],
  [
    'root',
    'POST /fsCache',
    { fsName: 'data', cacheDir: 'a' },
    'InvalidArguments',
    'fs[fs-root-data] cache config: cacheDir[a] should be empty or an absolute path',
  ],
  ['root', 'GET /fsCache/data', undefined, 'RecordNotFound', 'record not found'],
  ['root', 'GET /fsSts/data', undefined, 'InternalError', 'sts must bos type'],
  ['root', 'DELETE /artifact?fsname=a&runID=b', undefined, 'InvalidURI', 'runID, fsID, path - shall not be empty'],
];

const pipelines: Row[] = [
  [
    'root',
    'POST /pipeline',
    {},
    'InvalidArguments',
    'create pipeline failed. err:cannot get pipeline: fsname shall not be empty while you specified YamlPath[./run.yaml]',
  ],
  [
    'root',
    'POST /pipeline',
    { yamlRaw, yamlPath: 'a' },
    'InvalidArguments',
    'create pipeline failed. err:you can only specify one of YamlPath and YamlRaw',
  ],
  [
    'root',
    'POST /pipeline',
    { yamlRaw, fsName: 'a' },
    'InvalidArguments',
    'create pipeline failed. err:you cannot specify FsName while you specified YamlRaw',
  ],
  ['root', 'POST /pipeline', { yamlRaw, desc: 'x'.repeat(257) }, 'InvalidArguments', 'desc too long, should be less than 256'],
  [
    'root',
    'POST /pipeline',
    { yamlRaw: 'ab$d' },
    'Decode base64',
    'create pipeline failed. err:Decode raw yaml[ab$d] failed. err:illegal base64 data at input byte 2',
  ],
  [
    'root',
    'POST /pipeline/ppl-000001',
    { yamlRaw: 'abc' },
    'Decode base64',
    'update pipeline failed. err:Decode raw yaml[abc] failed. err:illegal base64 data at input byte 0',
  ],
  [
    'root',
    'POST /pipeline',
    { yamlRaw },
    'DuplicatedName',
    'CreatePipeline failed: user[root] already has pipeline[flow], cannot create again, use update instead!',
  ],
  [
    'root',
    'POST /pipeline',
    { yamlRaw: base64('name: 1st\ndocker_env: b\nentry_points: {a: {}}') },
    'InvalidPipeline',
    'validateWorkflowForPipeline failed. err:check pipelineName[1st] in run[validatePipeline] failed: format of run or pipeline name[1st] invalid, should be in ^[A-Za-z_][A-Za-z0-9_-]{0,127}$',
  ],
  [
    'root',
    'POST /pipeline/ppl-000001',
    { yamlRaw: base64(stepYaml(1, 'other')) },
    'InvalidArguments',
    'update pipeline failed, pplname[other] in yaml not the same as [flow] of pipeline[ppl-000001]',
  ],
  [
    'root',
    'POST /pipeline/ppl-000009',
    { yamlRaw },
    'PipelineNotFound',
    'update pipeline[ppl-000009] failed. err:pipeline[ppl-000009] not exist',
  ],
  ['alice', 'POST /pipeline/ppl-000001', { yamlRaw }, 'AccessDenied', 'update pipeline[ppl-000001] failed. Access denied for user[alice]'],
  ['root', 'GET /pipeline/ppl-000009', undefined, 'PipelineNotFound', 'get pipeline[ppl-000009] failed, err: record not found'],
  ['alice', 'GET /pipeline/ppl-000001', undefined, 'AccessDenied', 'user[alice] has no access to resource[pipeline] with ID[ppl-000001]'],
  [
    'alice',
    'GET /pipeline/ppl-000001/1',
    undefined,
    'AccessDenied',
    'get pipeline[ppl-000001] version[1] failed. Access denied for user[alice]',
  ],
  [
    'alice',
    'DELETE /pipeline/ppl-000001/1',
    undefined,
    'AccessDenied',
    'delete pipeline[ppl-000001] version[1] failed. Access denied for user[alice]',
  ],
  [
    'root',
    'DELETE /pipeline/ppl-000009',
    undefined,
    'PipelineNotFound',
    'delete pipeline[ppl-000009] failed. err:pipeline[ppl-000009] not exist',
  ],
  [
    'root',
    'DELETE /pipeline/ppl-000001',
    undefined,
    'ActionNotAllowed',
    'delete pipeline[ppl-000001] failed, there are running schedules, pls stop first',
  ],
  [
    'root',
    'DELETE /pipeline/ppl-000001/1',
    undefined,
    'ActionNotAllowed',
    'delete pipeline[1] version[ppl-000001] failed, there are running schedules, pls stop first',
  ],
  [
    'root',
    'DELETE /pipeline/ppl-000002/1',
    undefined,
    'ActionNotAllowed',
    'delete pipeline[ppl-000002] version[1] failed. only one pipeline version left, pls delete pipeline instead',
  ],
  ['alice', 'GET /pipeline?userFilter=root', undefined, 'AccessDenied', 'only root user can set userFilter!'],
];

const runs: Row[] = [
  ['root', 'POST /run', { runYamlRaw: 'abcde' }, 'MalformedYaml', 'illegal base64 data at input byte 4'],
  ['root', 'POST /run', { fsName: 'data' }, 'ReadYamlFileFailed', 'no such file or directory'],
  [
    'root',
    'POST /run',
    { fsName: 'none', runYamlRaw: yamlRaw },
    'InvalidArguments',
    'check permission of user[root] fsID[fs-root-none] failed, err: record not found',
  ],
  ['root', 'POST /run', { pipelineID: 'ppl-000009' }, 'PipelineNotFound', 'pipeline[ppl-000009] not exist'],
  [
    'root',
    'POST /run',
    { pipelineID: 'ppl-000001', pipelineVersionID: '9' },
    'PipelineNotFound',
    'pipeline[ppl-000001] version[9] not exist',
  ],
  [
    'root',
    'POST /run',
    { runYamlRaw: yamlRaw, scheduledAt: '2026-02-30 00:00:00' },
    'InternalError',
    'scheduledAt[2026-02-30 00:00:00] format not correct, should be YYYY-MM-DD hh:mm:ss',
  ],
  [
    'root',
    'POST /run',
    { runYamlRaw: base64('name: a\nname: b\nentry_points: {a: {}}') },
    'InvalidPipeline',
    'yaml: unmarshal errors:\n  line 2: mapping key "name" already defined at line 1',
  ],
  [
    'root',
    'POST /run',
    { runYamlRaw: yamlRaw, failureOptions: {} },
    'InvalidPipeline',
    'failure strategy should be [fail_fast] or [continue], setted by []',
  ],
  ['root', 'PUT /run/run-000001?action=retry', undefined, 'ActionNotAllowed', 'run[run-000001] has status[running], no need to retry'],
  ['root', 'PUT /run/run-000001', undefined, 'InvalidArguments', 'invalid action[] for UpdateRun'],
  ['root', 'GET /log/run/run-000001?pageNo=x', undefined, 'InvalidURI', 'strconv.Atoi: parsing "x": invalid syntax'],
  ['root', 'GET /log/run/run-000001?logFilePosition=top', undefined, 'InvalidURI', 'LogFilePosition has wrong value'],
  ['root', 'GET /runCache?maxKeys=0', undefined, 'InvalidURI', 'invalid query pageLimit[0]. should be an integer between 1~1000'],
];

const future = '2024-03-06 10:00:00';
const schedules: Row[] = [
  [
    'root',
    'POST /schedule',
    { ...schedule, name: 'x' },
    'InvalidNamePattern',
    'name[x] for [schedule] does not compile with regex rule[^[A-Za-z_][A-Za-z0-9_]{1,49}$]',
  ],
  [
    'root',
    'POST /schedule',
    { ...schedule, concurrency: -1 },
    'InvalidArguments',
    'create schedule failed, err:[concurrency should not be negative]',
  ],
  [
    'root',
    'POST /schedule',
    { ...schedule, concurrencyPolicy: 'x' },
    'InvalidArguments',
    'create schedule failed, err:[concurrency policy[x] not supported]',
  ],
  [
    'root',
    'POST /schedule',
    { ...schedule, expireInterval: -1 },
    'InvalidArguments',
    'create schedule failed, err:[expire interval should not be negative]',
  ],
  [
    'root',
    'POST /schedule',
    { ...schedule, pipelineVersionID: '9' },
    'PipelineNotFound',
    'create schedule failed, get PipelineVersion error:[record not found]',
  ],
  [
    'root',
    'POST /schedule',
    { ...schedule, startTime: '2024-03-05 09:00:00' },
    'InvalidArguments',
    'create schedule failed, starttime[2024-03-05 09:00:00] not after currentTime[2024-03-05 10:00:00]',
  ],
  [
    'root',
    'POST /schedule',
    { ...schedule, endTime: '2024-03-05 09:00:00' },
    'InvalidArguments',
    'create schedule failed, endtime[2024-03-05 09:00:00] not after currentTime[2024-03-05 10:00:00]',
  ],
  [
    'root',
    'POST /schedule',
    { ...schedule, startTime: future, endTime: future },
    'InvalidArguments',
    `create schedule failed, endtime[${future}] not after startTime[${future}]`,
  ],
  [
    'root',
    'POST /schedule',
    { ...schedule, startTime: '2024-03-06' },
    'InvalidArguments',
    'create schedule failed, starttime[2024-03-06] format not correct, should be YYYY-MM-DD hh:mm:ss',
  ],
  [
    'root',
    'POST /schedule',
    { ...schedule, crontab: '' },
    'InvalidArguments',
    'check crontab failed in creating schedule. error:empty spec string',
  ],
  [
    'root',
    'POST /schedule',
    { ...schedule, crontab: '61 * * * *' },
    'InvalidArguments',
    'check crontab failed in creating schedule. error:end of range (61) above maximum (59): 61',
  ],
  ['root', 'POST /schedule', schedule, 'DuplicatedName', 'CreateSchedule failed: user[root] already has schedule with name[nightly]'],
  [
    'root',
    'GET /schedule/schedule-000009',
    undefined,
    'ScheduleNotFound',
    'get schedule[schedule-000009] failed. err:resouceType[schedule] with ID[schedule-000009] not found',
  ],
  [
    'alice',
    'GET /schedule/schedule-000001',
    undefined,
    'AccessDenied',
    'get schedule[schedule-000001] failed. err:user[alice] has no access to resource[schedule] with ID[schedule-000001]',
  ],
  [
    'alice',
    'PUT /schedule/schedule-000001',
    undefined,
    'AccessDenied',
    'stop schedule[schedule-000001] failed. user[alice] has no access to resource[schedule] with ID[schedule-000001]',
  ],
  [
    'root',
    'DELETE /schedule/schedule-000001',
    undefined,
    'ActionNotAllowed',
    'delete schedule[schedule-000001] in status[running] failed. only schedules in final status: [success failed terminated] can be deleted',
  ],
  ['alice', 'GET /schedule?userFilter=root', undefined, 'AccessDenied', 'only root user can set userFilter!'],
];

const job = { image: 'x', command: 'echo', schedulingPolicy: { queue: 'default-queue' } };
const jobs: Row[] = [
  ['root', 'POST /job/single', { ...job, schedulingPolicy: {} }, 'JobCreateFailed', 'queue is empty'],
  ['root', 'POST /job/single', { ...job, image: '' }, 'JobCreateFailed', 'required fields in {image} are empty, please fill it'],
  ['root', 'POST /job/single', { ...job, id: 'A' }, 'JobCreateFailed', `ID[A] of Job is invalid, err: ${dns}`],
  ['root', 'POST /job/distributed', { ...job, framework: 'x' }, 'JobCreateFailed', 'invalid framework x for distributed job'],
  ['root', 'PUT /job/none?action=stop', undefined, 'JobNotFound', 'stop job failed, err: record not found'],
  ['root', 'PUT /job/none?action=modify', {}, 'JobNotFound', 'update job failed, err: record not found'],
  ['root', 'DELETE /job/none', undefined, 'JobNotFound', 'delete job failed, err: get job none failed, err: record not found'],
  ['root', 'GET /job/none', undefined, 'JobNotFound', 'resouceType[job] with ID[none] not found'],
  ['root', 'PUT /job/none?action=x', undefined, 'ActionNotAllowed', 'The operation cannot be executed at this phase/stage'],
  [
    'alice',
    'PUT /job/mine?action=stop',
    undefined,
    'ActionNotAllowed',
    'stop job failed, err: user[alice] has no access to resource[job] with ID[mine]',
  ],
  [
    'alice',
    'PUT /job/mine?action=modify',
    {},
    'ActionNotAllowed',
    'update job failed, err: user[alice] has no access to resource[job] with ID[mine]',
  ],
  [
    'alice',
    'DELETE /job/mine',
    undefined,
    'ActionNotAllowed',
    'delete job failed, err: user[alice] has no access to resource[job] with ID[mine]',
  ],
  ['root', 'PUT /job/mine?action=modify', { priority: 'TOP' }, 'InvalidArguments', 'the priorty TOP is invalid'],
  ['root', 'GET /job?queue=none', undefined, 'QueueNameNotFound', 'record not found'],
  ['root', 'GET /job?startTime=x', undefined, 'InvalidURI', 'invalid startTime params[x]'],
  ['root', 'GET /job?timestamp=x', undefined, 'InvalidURI', 'strconv.ParseInt: parsing "x": invalid syntax'],
  ['root', 'GET /log/job?clusterName=none', undefined, 'InvalidURI', 'get cluster none failed. err:record not found'],
  [
    'root',
    'GET /log/job?clusterName=default-cluster&jobID=mine',
    undefined,
    'InvalidArguments',
    'get k8s logs mine failed. err:job mine framework  unsupport',
  ],
];

describe.each([
  ['flavours', flavours],
  ['clusters', clusters],
  ['queues', queues],
  ['file systems and links', storage],
  ['pipelines', pipelines],
  ['runs', runs],
  ['schedules', schedules],
  ['jobs', jobs],
])('the server’s own words of %s', (_kind, rows) => {
  test.each(rows)('to %s, %s with %j: %s, %s', async (who, call, body, code, message) => {
    const [method = '', path = ''] = call.split(' ');
    const answer = await callers[who]?.call(method, path, body);
    expect([answer?.body.code, answer?.body.message]).toEqual([code, message]);
  });
});
