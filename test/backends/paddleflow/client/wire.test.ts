import { expect, test } from 'vitest';
import {
  WireCluster,
  WireClusterPage,
  WirePipelineDetail,
  WirePipelinePage,
  WirePipelineVersionDetail,
  WireQueue,
  WireQueuePage,
  WireRunLog,
  WireVersion,
} from '../../../../src/backends/paddleflow/wire/wire.ts';
import { WireRunPage } from '../../../../src/backends/paddleflow/wire/run-page.ts';
import { cluster, pipeline, pipelineVersion, queue, runLog, runRow } from './samples.ts';

const nextMarker = '6a1f0123456789abcdef0123456789ab';

test('a page of runs: unknown keys are ignored, unknown statuses kept', () => {
  const rows = [runRow, { ...runRow, status: 'napping', newKey: [] }];
  const page = WireRunPage.parse({ maxKeys: 50, isTruncated: true, nextMarker, runList: rows });
  expect(page).toEqual({ items: [runRow, { ...runRow, status: 'napping' }], unreadable: [], nextMarker });
});

test('rows of an older server without some keys are read, unreadable ones are reported without their values', () => {
  const { scheduledTime: _new, ...old } = runRow;
  const rows = [old, { ...runRow, status: 7 }, null, { ...runRow, runID: 12 }, { ...runRow, scheduleID: null }];
  const page = WireRunPage.parse({ runList: rows });
  expect(page.items).toEqual([runRow, runRow]);
  expect(page.unreadable).toEqual([
    { id: 'run-000012', reason: expect.stringMatching(/^status: must be a text/) },
    { id: undefined, reason: expect.stringMatching(/^row: /) },
    { id: undefined, reason: expect.stringMatching(/^runID: /) },
  ]);
  expect(JSON.stringify(page.unreadable)).not.toContain('alice');
});

test.each([{ runList: [] }, { runList: null }, {}, { runList: [], nextMarker: '' }, { runList: [], nextMarker: null }])(
  'an empty page of runs: %j',
  (page) => {
    expect(WireRunPage.parse(page)).toEqual({ items: [], unreadable: [], nextMarker: undefined });
  },
);

test.each([{ runList: {} }, { runList: [], nextMarker: 7 }, [], null, 'text'])('%j is no page of runs', (page) => {
  expect(WireRunPage.safeParse(page).success).toBe(false);
});

test('pipelines, with a page of versions or one', () => {
  const page = { maxKeys: 50, isTruncated: true, nextMarker };
  expect(WirePipelinePage.parse({ ...page, pipelineList: [pipeline] })).toEqual({ items: [pipeline], nextMarker });
  expect(WirePipelineDetail.parse({ pipeline, pplVersions: { ...page, pplVersionList: [pipelineVersion] } })).toEqual({
    pipeline,
    versions: { items: [pipelineVersion], nextMarker },
  });
  expect(WirePipelineVersionDetail.parse({ pipeline, pipelineVersion })).toEqual({ pipeline, version: pipelineVersion });
});

test('apart from runs a list is strict: one row without its id spoils the page', () => {
  expect(WirePipelinePage.safeParse({ pipelineList: [{ ...pipeline, pipelineID: undefined }] }).success).toBe(false);
});

test('queues: resources may be null, and used ones are there for a single queue only', () => {
  const absent = { usedResources: null, idleResources: null };
  expect(WireQueuePage.parse({ queueList: [queue] })).toEqual({ items: [{ ...queue, ...absent }], nextMarker: undefined });
  const old = { name: 'old', status: 'closing', minResources: null };
  expect(WireQueue.parse(old)).toMatchObject({ ...absent, minResources: null, maxResources: null, schedulingPolicy: [], location: {} });
  const used = { cpu: '1500m', memory: '2Gi' };
  expect(WireQueue.parse({ ...queue, usedResources: used, idleResources: used })).toMatchObject({
    usedResources: used,
    idleResources: used,
  });
});

test('clusters: the credential is not read, and null lists are empty', () => {
  const { credential: _secret, ...harmless } = cluster;
  expect(WireCluster.parse(cluster)).toEqual(harmless);
  expect(WireCluster.parse({ ...cluster, namespaceList: null }).namespaceList).toEqual([]);
  expect(WireClusterPage.parse({ maxKeys: 50, isTruncated: false, clusterList: null })).toEqual({ items: [], nextMarker: undefined });
});

test('logs: jobs, tasks and lines; null lists are empty', () => {
  const [job] = runLog.runLog;
  const { jobID, taskList } = job as NonNullable<typeof job>; // the sample has one
  expect(WireRunLog.parse(runLog)).toEqual({ runID: 'run-000012', submitLog: runLog.submitLog, runLog: [{ jobID, taskList }] });
  expect(WireRunLog.parse({ ...runLog, runLog: null }).runLog).toEqual([]);
  expect(WireRunLog.parse({ ...runLog, runLog: [{ jobID, taskList: null }] }).runLog).toEqual([{ jobID, taskList: [] }]);
});

test('a version is all text, empty where the build did not say', () => {
  expect(WireVersion.parse({ gitVersion: 'v0.14.6' })).toMatchObject({ gitVersion: 'v0.14.6', gitCommit: '', platform: '' });
});
