/** Answers written from the contract's samples (2.7, 2.10, 2.12, 2.13, 5). */
export const runRow = {
  runID: 'run-000012',
  name: 'train',
  source: 'ppl-000003-1',
  username: 'alice',
  fsName: 'data',
  description: 'nightly',
  scheduleID: '',
  runMsg: 'Run successfully',
  status: 'succeeded',
  scheduledTime: '',
  createTime: '2024-03-05 10:00:00',
  activateTime: '2024-03-05 10:00:01',
  updateTime: '2024-03-05 10:04:40',
};

const outerDag = 'dag-run-000012-9f3c0a6b1d2e4f58';

export const prepStep = {
  jobID: 'job-run-000012-prep-0a1b2c3d',
  name: 'run-000012-prep',
  type: 'step',
  stepName: 'prep',
  parentDagID: outerDag,
  command: 'python prep.py',
  parameters: { rows: '100' },
  env: { PF_RUN_ID: 'run-000012', PF_STEP_NAME: 'prep', PF_LOOP_ARGUMENT: '' },
  extraFS: null,
  startTime: '2024-03-05 10:00:01',
  endTime: '2024-03-05 10:01:02',
  status: 'succeeded',
  deps: '',
  dockerEnv: 'python:3.10',
  artifacts: { input: {}, output: { clean: '.pipeline/run-000012/train/prep-0/clean' } },
  cache: { enable: false, maxExpiredTime: '-1', fsScope: [] },
  jobMessage: 'job is succeeded',
  cacheRunID: '',
  cacheJobID: '',
};

export const scoreStep = (iteration: number) => ({
  ...prepStep,
  jobID: `job-run-000012-score-${iteration}-99cc00dd`,
  name: iteration === 0 ? 'run-000012-score' : `run-000012-score-${iteration}`,
  stepName: 'score',
  parentDagID: 'dag-run-000012-1b2c3d4e5f60718a',
});

export const evaluateDag = {
  id: 'dag-run-000012-1b2c3d4e5f60718a',
  name: 'dag-run-000012-evaluate',
  type: 'dag',
  dagName: 'evaluate',
  parentDagID: outerDag,
  deps: 'prep',
  parameters: {},
  artifacts: { input: {}, output: {} },
  startTime: '2024-03-05 10:01:03',
  endTime: '',
  status: 'running',
  message: 'begin to run',
  entryPoints: { score: [scoreStep(0), scoreStep(1)] },
};

export const notifyStep = {
  ...prepStep,
  jobID: '',
  name: 'run-000012-notify',
  stepName: 'notify',
  parentDagID: '',
  cache: { enable: false, maxExpiredTime: '', fsScope: null },
};

export const runDetail = {
  runID: 'run-000012',
  name: 'train',
  source: 'ppl-000003-1',
  username: 'alice',
  fsName: 'data',
  fsOptions: { mainFS: { id: '', name: 'data', mountPath: '', subPath: '', readOnly: false } },
  description: 'nightly',
  parameters: { epoch: 10 },
  runYaml: 'name: train\n',
  runtime: { prep: [prepStep], evaluate: [evaluateDag] },
  postProcess: { notify: notifyStep },
  failureOptions: { strategy: 'fail_fast' },
  dockerEnv: 'python:3.10',
  disabled: '',
  scheduleID: '',
  runMsg: 'begin to running, update status to running',
  status: 'running',
  runCachedIDs: '',
  createTime: '2024-03-05 10:00:00',
  activateTime: '2024-03-05 10:00:01',
  updateTime: '2024-03-05 10:01:03',
};

export const pipeline = {
  pipelineID: 'ppl-000003',
  name: 'train',
  desc: 'nightly training',
  username: 'alice',
  createTime: '2024-03-04 18:00:00',
  updateTime: '2024-03-05 09:00:00',
};

export const pipelineVersion = {
  pipelineVersionID: '1',
  pipelineID: 'ppl-000003',
  fsName: 'data',
  yamlPath: './run.yaml',
  pipelineYaml: 'name: train\nentry_points: …',
  username: 'alice',
  createTime: '2024-03-04 18:00:00',
  updateTime: '2024-03-04 18:00:00',
};

export const queue = {
  id: 'queue-3f2a9c01',
  createTime: '2024-03-02 09:10:00',
  updateTime: '2024-03-02 09:10:31',
  name: 'train-queue',
  namespace: 'ml',
  clusterName: 'default-cluster',
  quotaType: 'elasticQuota',
  minResources: { cpu: '4', memory: '8Gi' },
  maxResources: { cpu: '20', memory: '20Gi', scalarResources: { 'nvidia.com/gpu': '4' } },
  location: { parent: 'root' },
  schedulingPolicy: ['priority'],
  status: 'open',
};

export const cluster = {
  id: 'cluster-5c6d7e8f',
  createTime: '2024-03-01 08:00:00',
  updateTime: '2024-03-01 08:00:00',
  clusterName: 'gpu-a',
  description: '',
  endpoint: 'https://10.1.0.1:6443',
  source: 'OnPremise',
  clusterType: 'Kubernetes',
  version: '1.20',
  status: 'online',
  credential: 'YXBpVmVyc2lvbjo=',
  setting: '',
  namespaceList: ['ml', 'default'],
};

export const runLog = {
  submitLog: '[2024-03-05 10:00:00.24] [INFO] run-000012 create run in db success\n',
  runLog: [
    {
      jobID: 'job-run-000012-prep-0a1b2c3d',
      taskList: [
        {
          taskID: '5f1e0c52-1111-4222-8333-944455556666_run-000012-prep',
          logInfo: { logContent: '2024-03-05T10:00:10.123456789Z epoch 1\n', hasNextPage: true, truncated: false },
        },
      ],
      name: '',
      type: '',
      eventList: null,
    },
  ],
  runID: 'run-000012',
};

export const grant = {
  grantID: 'grant-1a2b3c4d',
  userName: 'alice',
  resourceType: 'queue',
  resourceID: 'train-queue',
  createTime: '2024-03-02T09:20:00+08:00',
  updateTime: '2024-03-02T09:20:00+08:00',
};

export const flavour = {
  id: 'flavour-1',
  createTime: '2024-03-01 08:00:00',
  updateTime: '2024-03-01 08:00:00',
  name: 'flavour2',
  cpu: '4',
  mem: '8Gi',
  scalarResources: { 'nvidia.com/gpu': '1' },
};

export const fileSystem = {
  id: 'fs-alice-data',
  name: 'data',
  serverAddress: '10.0.0.5:9000',
  type: 's3',
  subPath: '/prefix',
  username: 'alice',
  properties: { accessKey: 'AK', bucket: 'bucket-a', endpoint: 'http://10.0.0.5:9000', region: 'us', secretKey: 'b1946ac92492d234' },
  independentMountProcess: false,
};

export const link = {
  fsName: 'data',
  fsPath: '/ext',
  serverAddress: '10.0.0.9:9000',
  type: 'hdfs',
  username: 'alice',
  subPath: '/warehouse',
  properties: { user: 'hd', group: 'hd' },
};

export const runCache = {
  cacheID: 'cch-000004',
  firstFp: '9f86d081',
  secondFp: '2c26b46b',
  runID: 'run-000012',
  source: 'ppl-000003-1',
  jobID: 'job-run-000012-prep-0a1b2c3d',
  fsname: 'data',
  username: 'alice',
  expiredTime: '-1',
  strategy: 'conservative',
  custom: '',
  createTime: '2024-03-05 10:01:00',
  updateTime: '2024-03-05 10:01:00',
};

export const artifact = {
  runID: 'run-000012',
  fsname: 'data',
  username: 'alice',
  artifactPath: '.pipeline/run-000012/train/prep-0-5d41402abc4b2a76b9719d911017c592/clean',
  step: 'prep',
  jobID: 'job-run-000012-prep-0a1b2c3d',
  type: 'output',
  artifactName: 'clean',
  meta: '',
  createTime: '2024-03-05 10:01:02',
  updateTime: '2024-03-05 10:01:02',
};

export const schedule = {
  scheduleID: 'schedule-000002',
  name: 'nightly',
  desc: '',
  pipelineID: 'ppl-000003',
  pipelineVersionID: '1',
  username: 'alice',
  fsConfig: { username: '' },
  crontab: '0 2 * * *',
  options: { catchup: true, expireInterval: 0, concurrency: 1, concurrencyPolicy: 'suspend' },
  startTime: '',
  endTime: '',
  createTime: '2024-03-05 09:00:00',
  updateTime: '2024-03-05 09:00:00',
  nextRunTime: '2024-03-06 02:00:00',
  scheduleMsg: '',
  status: 'running',
};

export const job = {
  id: 'job-run-000012-prep-0a1b2c3d',
  name: 'run-000012-prep',
  labels: null,
  annotations: null,
  schedulingPolicy: { queue: 'train-queue', priority: 'NORMAL' },
  flavour: { cpu: '1', mem: '1Gi', name: 'flavour1' },
  limitFlavour: { cpu: '', mem: '', name: '' },
  fs: { name: 'data', type: 's3', id: 'fs-alice-data', mountPath: '/home/paddleflow/storage/mnt/fs-alice-data' },
  extraFS: null,
  image: 'python:3.10',
  env: { PF_RUN_ID: 'run-000012' },
  command: 'python prep.py',
  args: null,
  port: 0,
  extensionTemplate: null,
  status: 'running',
  message: 'job is running',
  acceptTime: '2024-03-05 10:00:01',
  startTime: '2024-03-05 10:00:05',
  finishTime: '',
  runtime: {
    name: 'job-run-000012-prep-0a1b2c3d',
    namespace: 'ml',
    id: 'pod-uid',
    status: '{"phase":"Running"}',
    nodeName: 'n1',
    role: '',
    index: 0,
    logURL: 'http://logs',
  },
};
