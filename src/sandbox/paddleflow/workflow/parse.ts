import { invalidPipeline } from './error.ts';
import { Fields, inside } from './fields.ts';
import { readCacheDefaults, type CacheDefaults } from './read-cache.ts';
import { readComponents, readStep, type Inherited } from './read-component.ts';
import { readMainFs, readMount } from './read-mounts.ts';
import type { Component, Definition, Step } from './structure.ts';
import type { Workflow } from './types.ts';
import { isMap } from './value.ts';
import { readYaml } from './yaml/index.ts';

const ROOT_KEYS = [
  'name',
  'entry_points',
  'components',
  'docker_env',
  'parallelism',
  'disabled',
  'failure_options',
  'cache',
  'post_process',
  'fs_options',
];
const DEFAULT_PARALLELISM = 10;
const MAX_PARALLELISM = 20;

/** Reads the YAML into its structure: syntax, types and keys. What components say about each other is for `planRun`. */
export function parseWorkflow(yaml: string, options: { duplicateKeys: 'refuse' | 'last-wins' }): Workflow {
  const { value, refuseDuplicates } = readYaml(yaml);
  const root = new Fields(value, { prefix: '', noun: 'workflow', label: (key) => `[${key}] of workflow` }, ROOT_KEYS);
  const definition = readDefinition(root);
  if (options.duplicateKeys === 'refuse') refuseDuplicates();
  return {
    name: root.text('name'),
    yaml,
    dockerEnv: root.text('docker_env'),
    mainFsName: definition.mainFs.name,
    fsNames: fsNamesOf(definition),
    definition,
  };
}

function readDefinition(root: Fields): Definition {
  const part = (key: string) => inside(root.of, key);
  const cache = readCacheDefaults(root.map('cache'), part('cache'));
  const fsOptions = new Fields(root.map('fs_options'), part('fs_options'), ['main_fs', 'extra_fs']);
  const failureOptions = new Fields(root.map('failure_options'), part('failure_options'), ['strategy']);
  const entryPoints = root.get('entry_points');
  if (!isMap(entryPoints)) throw invalidPipeline('get entry_points map failed');
  const strategy = failureOptions.get('strategy') === undefined ? 'fail_fast' : failureOptions.text('strategy');
  const inherit = (defaults: CacheDefaults): Inherited => ({ dockerEnv: root.text('docker_env'), cache: defaults });
  const parallelism = root.whole('parallelism') ?? 0;
  const steps = Object.entries(root.map('post_process'));
  return {
    parallelism: parallelism <= 0 ? DEFAULT_PARALLELISM : Math.min(parallelism, MAX_PARALLELISM),
    disabled: root.text('disabled'),
    strategy,
    mainFs: readMainFs(fsOptions.map('main_fs'), inside(fsOptions.of, 'main_fs')),
    extraFs: fsOptions.list('extra_fs').map((item) => readMount(item, inside(fsOptions.of, 'extra_fs'))),
    // Only the steps of entry points know the default `-1`; those of templates and post_process show `""` (5.1).
    entryPoints: readComponents(entryPoints, parsing('entry_points'), inherit({ maxExpiredTime: '-1', ...cache })),
    components: readComponents(root.map('components'), parsing('components'), inherit(cache)),
    // The root's cache is not merged into post_process (5.1).
    postProcess: new Map(steps.map(([name, value]) => [name, readStep(name, value, parsing('post_process'), inherit({ fsScope: null }))])),
  };
}

const parsing = (key: string): string => `parse [${key}] failed, error: `;

/** Every file system the YAML names, each once. */
function fsNamesOf({ mainFs, extraFs, entryPoints, components, postProcess }: Definition): string[] {
  const steps = [...entryPoints.values(), ...components.values(), ...postProcess.values()].flatMap(stepsIn);
  const ofSteps = steps.flatMap((step) => [...step.extraFs, ...(step.cache.fsScope ?? [])].map(({ name }) => name));
  return [...new Set([mainFs.name, ...extraFs.map(({ name }) => name), ...ofSteps])].filter((name) => name !== '');
}

const stepsIn = (component: Component): Step[] =>
  component.kind === 'step' ? [component] : [...component.entryPoints.values()].flatMap(stepsIn);
