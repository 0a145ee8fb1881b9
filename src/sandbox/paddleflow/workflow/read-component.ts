import { invalidPipeline } from './error.ts';
import type { FieldsOf } from './fields.ts';
import { Fields, inside } from './fields.ts';
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

/** `prefix` stands before every message. */
export const readComponents = (map: ValueMap, prefix: string, inherited: Inherited): Components =>
  new Map(Object.entries(map).map(([name, value]) => [name, readComponent(name, value, prefix, inherited)]));

/** A component with the key `entry_points`, whatever its value, is a dag (7.3). */
const readComponent = (name: string, value: Value, prefix: string, inherited: Inherited): Component =>
  isMap(value) && 'entry_points' in value ? readDag(name, value, prefix, inherited) : readStep(name, value, prefix, inherited);

const partOf = (kind: 'step' | 'dag', name: string, prefix: string): FieldsOf => ({
  prefix: `${prefix}parse ${kind}[${name}] failed, `,
  noun: kind,
  label: (key) => `[${key}] in ${kind}`,
});

export function readStep(name: string, value: Value, prefix: string, inherited: Inherited): Step {
  const fields = new Fields(value, partOf('step', name, prefix), STEP_KEYS);
  const { of } = fields;
  refuseOtherType(fields, 'step');
  const artifacts = new Fields(fields.map('artifacts'), inside(of, 'artifacts'), ['input', 'output']);
  const reference = new Fields(fields.map('reference'), inside(of, 'reference'), ['component']);
  return {
    kind: 'step',
    name,
    ...shared(fields),
    inputs: artifacts.texts('input'),
    outputs: outputNames(artifacts),
    command: fields.text('command'),
    env: fields.map('env'),
    dockerEnv: fields.text('docker_env') || inherited.dockerEnv,
    cache: readCache(fields.map('cache'), inside(of, 'cache'), inherited.cache),
    extraFs: fields.list('extra_fs').map((item) => readMount(item, inside(of, 'extra_fs'))),
    reference: reference.text('component') || undefined,
    keys: fields.present(),
  };
}

function readDag(name: string, value: ValueMap, prefix: string, inherited: Inherited): Dag {
  const fields = new Fields(value, partOf('dag', name, prefix), DAG_KEYS, 'refused');
  refuseOtherType(fields, 'dag');
  const artifacts = new Fields(fields.map('artifacts'), inside(fields.of, 'artifacts'), ['input', 'output'], 'refused');
  return {
    kind: 'dag',
    name,
    ...shared(fields),
    inputs: artifacts.texts('input'),
    outputs: artifacts.texts('output'),
    entryPoints: readComponents(fields.map('entry_points'), fields.of.prefix, inherited),
  };
}

function shared(fields: Fields) {
  return {
    deps: splitNames(fields.text('deps')),
    parameters: Object.fromEntries(Object.entries(fields.map('parameters')).map(([name, value]) => [name, typedParameter(value)])),
    condition: fields.text('condition'),
    loopArgument: fields.get('loop_argument'),
  };
}

/** Of a typed parameter only two keys count, whatever their case; others are not looked at. */
function typedParameter(value: Value): Value {
  if (!isMap(value)) return value;
  const find = (wanted: string) => Object.entries(value).findLast(([key]) => key.toLowerCase() === wanted)?.[1] ?? null;
  return { type: find('type'), default: find('default') };
}

/** A CSV without its blanks and empty members: `a, b,` names `a` and `b`. */
export const splitNames = (csv: string): string[] =>
  csv
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

function refuseOtherType(fields: Fields, kind: 'step' | 'dag'): void {
  const type = fields.text('type');
  if (type !== '' && type !== kind) throw invalidPipeline(`${fields.of.prefix}set [type] as [${type}] in ${kind}`);
}

/** `output` is a list of names, of which some may come twice; a map with empty values is tolerated (7.2). */
function outputNames(artifacts: Fields): Texts {
  const output = artifacts.get('output');
  if (isMap(output)) {
    if (Object.values(output).some((value) => value !== null && value !== '')) throw artifacts.wrong('output', 'list');
    return Object.fromEntries(Object.keys(output).map((name) => [name, '']));
  }
  const names = artifacts.list('output').map((name) => {
    if (typeof name !== 'string') throw artifacts.wrong('output', 'list of string');
    return name;
  });
  return Object.fromEntries(names.map((name) => [name, '']));
}
