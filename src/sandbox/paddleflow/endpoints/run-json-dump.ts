import { stringify } from 'yaml';

type Tree = Record<string, unknown>;

const isMap = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
const mapOf = (value: unknown): Tree => (isMap(value) ? value : {});

const noCache = { enable: false, fs_scope: [], max_expired_time: '' };
const noMount = { mount_path: '', name: '', read_only: false, sub_path: '' };

/** What the server writes down of a workflow that came as JSON (2.7): every key, empty ones included, in the order of the alphabet. */
export function dumpOfWorkflow(root: Tree): string {
  const fsOptions = mapOf(root['fs_options']);
  const whole = {
    components: {},
    disabled: '',
    docker_env: '',
    name: '',
    parallelism: 10,
    post_process: {},
    ...root,
    cache: { ...noCache, ...mapOf(root['cache']) },
    failure_options: { strategy: 'fail_fast', ...mapOf(root['failure_options']) },
    fs_options: { extra_fs: [], ...fsOptions, main_fs: { ...noMount, ...mapOf(fsOptions['main_fs']) } },
    ...componentsOf(root, 'entry_points'),
    ...componentsOf(root, 'components'),
    ...componentsOf(root, 'post_process'),
  };
  return stringify(whole, { version: '1.1', lineWidth: 0, indent: 4, sortMapEntries: true, aliasDuplicateObjects: false });
}

function componentsOf(parent: Tree, key: string): Tree {
  const components = mapOf(parent[key]);
  return { [key]: Object.fromEntries(Object.entries(components).map(([name, value]) => [name, wholeComponent(value)])) };
}

function wholeComponent(value: unknown): unknown {
  if (!isMap(value)) return value;
  const shared = { condition: '', deps: '', loop_argument: null, parameters: {}, ...value };
  const artifacts = mapOf(value['artifacts']);
  if (value['entry_points'] !== undefined)
    return { ...shared, artifacts: { input: {}, output: {}, ...artifacts }, ...componentsOf(value, 'entry_points') };
  return {
    command: '',
    docker_env: '',
    env: {},
    extra_fs: [],
    ...shared,
    artifacts: { input: {}, output: [], ...artifacts },
    cache: { ...noCache, ...mapOf(value['cache']) },
    reference: { component: '', ...mapOf(value['reference']) },
  };
}
