import { invalidPipeline } from './error.ts';
import { Fields } from './fields.ts';
import { readCacheDefaults, type CacheDefaults } from './read-cache.ts';
import { readComponents, readStep, type Inherited } from './read-component.ts';
import { readMainFs, readMount } from './read-mounts.ts';
import type { Component, Definition, Step } from './structure.ts';
import type { Workflow } from './types.ts';
import { readYaml } from './yaml.ts';

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
  const root = new Fields(readYaml(yaml, options.duplicateKeys), 'workflow', ROOT_KEYS);
  const definition = readDefinition(root);
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
  const cache = readCacheDefaults(root.map('cache'), 'cache');
  const fsOptions = new Fields(root.map('fs_options'), 'fs_options', ['main_fs', 'extra_fs']);
  const failureOptions = new Fields(root.map('failure_options'), 'failure_options', ['strategy']);
  if (root.get('entry_points') === undefined) throw invalidPipeline('[entry_points] of [workflow] is required');
  const strategy = failureOptions.get('strategy') === undefined ? 'fail_fast' : failureOptions.text('strategy');
  const inherit = (defaults: CacheDefaults): Inherited => ({ dockerEnv: root.text('docker_env'), cache: defaults });
  const parallelism = root.whole('parallelism') ?? 0;
  const steps = Object.entries(root.map('post_process'));
  return {
    parallelism: parallelism <= 0 ? DEFAULT_PARALLELISM : Math.min(parallelism, MAX_PARALLELISM),
    disabled: root.text('disabled'),
    strategy,
    mainFs: readMainFs(fsOptions.map('main_fs'), 'fs_options.main_fs'),
    extraFs: fsOptions.list('extra_fs').map((item) => readMount(item, 'fs_options.extra_fs')),
    // Only the steps of entry points know the default `-1`; those of templates and post_process show `""` (5.1).
    entryPoints: readComponents(root.map('entry_points'), 'entry_points', inherit({ maxExpiredTime: '-1', ...cache })),
    components: readComponents(root.map('components'), 'components', inherit(cache)),
    // The root's cache is not merged into post_process (5.1).
    postProcess: new Map(steps.map(([name, value]) => [name, readStep(name, value, `post_process.${name}`, inherit({ fsScope: null }))])),
  };
}

/** Every file system the YAML names, each once. */
function fsNamesOf({ mainFs, extraFs, entryPoints, components, postProcess }: Definition): string[] {
  const steps = [...entryPoints.values(), ...components.values(), ...postProcess.values()].flatMap(stepsIn);
  const ofSteps = steps.flatMap((step) => [...step.extraFs, ...(step.cache.fsScope ?? [])].map(({ name }) => name));
  return [...new Set([mainFs.name, ...extraFs.map(({ name }) => name), ...ofSteps])].filter((name) => name !== '');
}

const stepsIn = (component: Component): Step[] =>
  component.kind === 'step' ? [component] : [...component.entryPoints.values()].flatMap(stepsIn);
