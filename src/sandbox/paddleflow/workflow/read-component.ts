import { invalidPipeline } from './error.ts';
import { Fields } from './fields.ts';
import { readCache, type CacheDefaults } from './read-cache.ts';
import { readMount } from './read-mounts.ts';
import type { Component, Components, Dag, Step, Texts } from './structure.ts';
import { isMap, type Value, type ValueMap } from './value.ts';

/** What the root of the YAML lends to every step below it. */
export interface Inherited {
  readonly dockerEnv: string;
  readonly cache: CacheDefaults;
}

const STEP_KEYS = [
  'command',
  'deps',
  'parameters',
  'artifacts',
  'env',
  'docker_env',
  'condition',
  'loop_argument',
  'cache',
  'reference',
  'extra_fs',
  'type',
  'name', // accepted and ignored (7.2)
];
const DAG_KEYS = ['entry_points', 'deps', 'parameters', 'artifacts', 'condition', 'loop_argument', 'type'];

export const readComponents = (map: ValueMap, path: string, inherited: Inherited): Components =>
  new Map(Object.entries(map).map(([name, value]) => [name, readComponent(name, value, `${path}.${name}`, inherited)]));

/** A component with the key `entry_points`, whatever its value, is a dag (7.3). */
const readComponent = (name: string, value: Value, path: string, inherited: Inherited): Component =>
  isMap(value) && 'entry_points' in value ? readDag(name, value, path, inherited) : readStep(name, value, path, inherited);

export function readStep(name: string, value: Value, path: string, inherited: Inherited): Step {
  const fields = new Fields(value, path, STEP_KEYS);
  refuseOtherType(fields, 'step');
  const artifacts = new Fields(fields.map('artifacts'), `${path}.artifacts`, ['input', 'output']);
  const reference = new Fields(fields.map('reference'), `${path}.reference`, ['component']);
  if (fields.get('reference') !== undefined && reference.text('component') === '') {
    throw invalidPipeline(`[component] of [${path}.reference] should not be empty`);
  }
  return {
    kind: 'step',
    name,
    ...shared(fields),
    inputs: artifacts.texts('input'),
    outputs: outputNames(artifacts),
    command: fields.text('command'),
    env: fields.map('env'),
    dockerEnv: fields.text('docker_env') || inherited.dockerEnv,
    cache: readCache(fields.map('cache'), `${path}.cache`, inherited.cache),
    extraFs: fields.list('extra_fs').map((item) => readMount(item, `${path}.extra_fs`)),
    reference: reference.text('component') || undefined,
    keys: fields.present(),
  };
}

function readDag(name: string, value: ValueMap, path: string, inherited: Inherited): Dag {
  const fields = new Fields(value, path, DAG_KEYS, 'refused');
  refuseOtherType(fields, 'dag');
  const artifacts = new Fields(fields.map('artifacts'), `${path}.artifacts`, ['input', 'output'], 'refused');
  return {
    kind: 'dag',
    name,
    ...shared(fields),
    inputs: artifacts.texts('input'),
    outputs: artifacts.texts('output'),
    entryPoints: readComponents(fields.map('entry_points'), `${path}.entry_points`, inherited),
  };
}

function shared(fields: Fields) {
  return {
    deps: splitNames(fields.text('deps')),
    parameters: fields.map('parameters'),
    condition: fields.text('condition'),
    loopArgument: fields.get('loop_argument'),
  };
}

/** A CSV without its blanks: `a, b` names `a` and `b`. */
export const splitNames = (csv: string): string[] => (csv.trim() === '' ? [] : csv.split(',').map((name) => name.trim()));

function refuseOtherType(fields: Fields, kind: 'step' | 'dag'): void {
  const type = fields.text('type');
  if (type !== '' && type !== kind) throw invalidPipeline(`[type] of [${fields.path}] should be [${kind}], but is [${type}]`);
}

/** `output` is a list of names; a map with empty values is tolerated (7.2). */
function outputNames(artifacts: Fields): Texts {
  const output = artifacts.get('output');
  if (isMap(output)) {
    const filled = Object.keys(output).find((name) => output[name] !== null && output[name] !== '');
    if (filled !== undefined) throw invalidPipeline(`output artifact [${filled}] of [${artifacts.path}] should have no value`);
    return Object.fromEntries(Object.keys(output).map((name) => [name, '']));
  }
  const names = artifacts.list('output').map((name) => {
    if (typeof name !== 'string') throw invalidPipeline(`[output] of [${artifacts.path}] should be a list of strings`);
    return name;
  });
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalidPipeline(`output artifact [${twice}] of [${artifacts.path}] is declared twice`);
  return Object.fromEntries(names.map((name) => [name, '']));
}
