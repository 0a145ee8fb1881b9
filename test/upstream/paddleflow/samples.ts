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
