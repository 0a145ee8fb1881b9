import { expect, test } from 'vitest';
import { type WireComponent, WireRunDetail } from '../../../../src/backends/paddleflow/wire/wire.ts';
import { evaluateDag, notifyStep, prepStep, runDetail, scoreStep } from './samples.ts';

const withRuntime = (runtime: unknown) => WireRunDetail.parse({ ...runDetail, runtime });
const only = (entries: readonly WireComponent[] | undefined): WireComponent => {
  expect(entries).toHaveLength(1);
  return entries?.[0] as WireComponent; // there is one
};

test('a run comes with its tree of steps and dags', () => {
  const run = WireRunDetail.parse(runDetail);
  expect(run).toMatchObject({ runID: 'run-000012', status: 'running', parameters: { epoch: 10 }, fsOptions: { mainFS: { name: 'data' } } });
  expect(run.runtime['prep']).toEqual([{ ...prepStep, extraFS: [] }]);
  const dag = only(run.runtime['evaluate']);
  expect(dag).toMatchObject({ type: 'dag', id: evaluateDag.id, dagName: 'evaluate', message: 'begin to run' });
  expect(dag.type === 'dag' && dag.entryPoints['score']).toEqual([0, 1].map((turn) => ({ ...scoreStep(turn), extraFS: [] })));
  expect(run.unreadable).toEqual([]);
});

test('postProcess holds single steps, and a null scope of the cache is an empty one', () => {
  const { postProcess } = WireRunDetail.parse(runDetail);
  expect(postProcess).toEqual({ notify: { ...notifyStep, extraFS: [], cache: { enable: false, maxExpiredTime: '', fsScope: [] } } });
});

test.each([
  { runtime: {}, postProcess: {} },
  { runtime: null, postProcess: null },
  { runtime: undefined, postProcess: undefined },
])('a run in which nothing has begun: %j', (empty) => {
  const run = WireRunDetail.parse({ ...runDetail, ...empty });
  expect([run.runtime, run.postProcess, run.unreadable]).toEqual([{}, {}, []]);
});

test('parameters are null when the request had none', () => {
  expect(WireRunDetail.parse({ ...runDetail, parameters: null }).parameters).toBeNull();
});

test('dags in dags keep their depth', () => {
  const inner = { ...evaluateDag, dagName: 'inner', parentDagID: evaluateDag.id };
  const run = withRuntime({ evaluate: [{ ...evaluateDag, entryPoints: { inner: [inner] } }] });
  const outer = only(run.runtime['evaluate']);
  const within = only(outer.type === 'dag' ? outer.entryPoints['inner'] : undefined);
  expect(within.type === 'dag' && within.entryPoints['score']).toHaveLength(2);
});

test('an outer dag that was not stripped is stripped here', () => {
  const outer = { ...evaluateDag, dagName: '', entryPoints: { prep: [prepStep], evaluate: [evaluateDag] } };
  expect(withRuntime({ '': [outer] }).runtime).toEqual(WireRunDetail.parse(runDetail).runtime);
  expect(withRuntime({ '': outer }).runtime).toEqual(WireRunDetail.parse(runDetail).runtime);
});

test('of an outer dag that is there twice, the parts are put together', () => {
  const one = { ...evaluateDag, entryPoints: { prep: [prepStep] } };
  const other = { ...evaluateDag, entryPoints: { evaluate: [evaluateDag], prep: [scoreStep(0)] } };
  const { runtime } = withRuntime({ '': [one, other] });
  expect(Object.keys(runtime)).toEqual(['prep', 'evaluate']);
  expect(runtime['prep']?.map(({ name }) => name)).toEqual(['run-000012-prep', 'run-000012-score']);
});

test('a step that misses keys, has odd ones and strange values keeps what can be read', () => {
  const odd = {
    jobID: 'job-1',
    stepName: 'prep',
    status: 'napping',
    newKey: 1,
    env: null,
    parameters: { n: 1, list: [1, 2] },
    cache: 'no',
    startTime: 5,
  };
  expect(only(withRuntime({ prep: [odd] }).runtime['prep'])).toEqual({
    type: 'step',
    jobID: 'job-1',
    name: '',
    stepName: 'prep',
    parentDagID: '',
    command: '',
    parameters: { n: '1', list: '[1,2]' },
    env: {},
    extraFS: [],
    startTime: '',
    endTime: '',
    status: 'napping',
    deps: '',
    dockerEnv: '',
    artifacts: { input: {}, output: {} },
    cache: { enable: false, maxExpiredTime: '', fsScope: [] },
    jobMessage: '',
    cacheRunID: '',
    cacheJobID: '',
  });
});

test('entries that are no objects are left out, and named', () => {
  const run = withRuntime({ prep: [prepStep, null], evaluate: [{ ...evaluateDag, entryPoints: { score: ['x', scoreStep(1)], none: 7 } }] });
  expect(run.runtime['prep']).toHaveLength(1);
  expect(run.unreadable).toEqual(['runtime.prep.1', 'runtime.evaluate.0.entryPoints.score.0', 'runtime.evaluate.0.entryPoints.none.0']);
  expect(withRuntime('text').unreadable).toEqual(['runtime']);
  expect(WireRunDetail.parse({ ...runDetail, postProcess: { notify: [] } }).unreadable).toEqual(['postProcess.notify']);
});

test('a cancelled step that references a dag is a step, an entry with children a dag whatever it calls itself', () => {
  expect(only(withRuntime({ a: [{ ...prepStep, status: 'cancelled' }] }).runtime['a']).type).toBe('step');
  const { type: _type, ...untyped } = evaluateDag;
  expect(only(withRuntime({ a: [untyped] }).runtime['a']).type).toBe('dag');
  expect(only(withRuntime({ a: [{ ...evaluateDag, entryPoints: {} }] }).runtime['a'])).toMatchObject({ type: 'dag', entryPoints: {} });
});

test('a component named like a property of every object is a component', () => {
  const run = withRuntime(JSON.parse(`{"__proto__": [${JSON.stringify(prepStep)}], "constructor": [${JSON.stringify(prepStep)}]}`));
  expect(Object.keys(run.runtime)).toEqual(['__proto__', 'constructor']);
});

test('a run without an id or a status is none', () => {
  expect(WireRunDetail.safeParse({ ...runDetail, runID: '' }).success).toBe(false);
  expect(WireRunDetail.safeParse({ ...runDetail, status: null }).success).toBe(false);
});
