import type { Json as JsonText } from '../../kit/json-value.ts';
import { JsonObject, NumberLiteral } from '../../kit/json-value.ts';
import { ApiError } from '../wire/errors.ts';

type Json = Record<string, unknown>;

/** What `/runjson` knows beside a workflow (2.7). */
interface Conveniences {
  readonly env: Json;
}

const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const invalid = (text: string): ApiError => new ApiError('InvalidPipeline', text);

/** What a YAML would say that says the same as this camelCase JSON. Throws `InvalidPipeline`; what is wrong with the workflow itself is for its parser. */
export function workflowOfRunJson(text: JsonText): Json {
  const request = (text === null ? {} : plain(text)) as Json; // it has been decoded as an object before
  const { flavour, queue, jobType, env = {}, description: _desc, username: _user, ...workflow } = request;
  if (!isMap(env)) throw invalid('[env] of [workflow] should be a map');
  const extra: Conveniences = { env: { ...env, ...shorthands({ flavour, queue, jobType }, 'workflow') } };
  const root = renamed(workflow, rootKeys, 'workflow');
  return {
    ...root,
    ...mapped(root, 'entry_points', (entry, path) => component(entry, path, extra)),
    ...mapped(root, 'components', (entry, path) => component(entry, path, extra)),
    ...mapped(root, 'post_process', (entry, path) => component(entry, path, extra)),
    ...(isMap(root['cache']) ? { cache: cacheOf(root['cache'], 'cache') } : {}),
    ...(isMap(root['fs_options']) ? { fs_options: fsOptionsOf(root['fs_options']) } : {}),
  };
}

/** Whole numbers keep every digit. */
function plain(text: JsonText): unknown {
  if (text instanceof JsonObject) return Object.fromEntries(text.entries.map(([key, item]) => [key, plain(item)]));
  if (Array.isArray(text)) return (text as readonly JsonText[]).map(plain);
  if (!(text instanceof NumberLiteral)) return text;
  const number = Number(text.text);
  return /^-?\d+$/.test(text.text) && !Number.isSafeInteger(number) ? BigInt(text.text) : number;
}

const rootKeys = {
  name: 'name',
  dockerEnv: 'docker_env',
  entryPoints: 'entry_points',
  components: 'components',
  cache: 'cache',
  parallelism: 'parallelism',
  disabled: 'disabled',
  failureOptions: 'failure_options',
  postProcess: 'post_process',
  fsOptions: 'fs_options',
};
const componentKeys = {
  ...Object.fromEntries(
    ['name', 'command', 'deps', 'parameters', 'artifacts', 'env', 'condition', 'cache', 'reference', 'type'].map((key) => [key, key]),
  ),
  dockerEnv: 'docker_env',
  loopArgument: 'loop_argument',
  extraFS: 'extra_fs',
  entryPoints: 'entry_points',
};
const mountKeys = { name: 'name', mountPath: 'mount_path', subPath: 'sub_path', readOnly: 'read_only' };

/** A component and all below it. */
function component(value: unknown, path: string, extra: Conveniences): unknown {
  if (!isMap(value)) return value;
  const { flavour, queue, jobType, ...rest } = value;
  const entry = renamed(rest, componentKeys, path);
  const converted: Json = {
    ...entry,
    ...(isMap(entry['cache']) ? { cache: cacheOf(entry['cache'], `${path}.cache`) } : {}),
    ...(Array.isArray(entry['extra_fs']) ? { extra_fs: entry['extra_fs'].map((mount: unknown) => mountOf(mount, `${path}.extraFS`)) } : {}),
  };
  if (entry['entry_points'] !== undefined)
    return { ...converted, ...mapped(entry, 'entry_points', (child, below) => component(child, `${path}.${below}`, extra)) };
  // Reference steps are not touched.
  if (entry['reference'] !== undefined && entry['reference'] !== null) return converted;
  const own = isMap(entry['env']) ? entry['env'] : {};
  const env = { ...extra.env, ...shorthands({ flavour, queue, jobType }, path), ...own };
  return Object.keys(env).length === 0 ? converted : { ...converted, env };
}

/** `flavour`, `queue` and `jobType` stand for variables (7.11). */
function shorthands({ flavour, queue, jobType }: { flavour: unknown; queue: unknown; jobType: unknown }, path: string): Json {
  const pairs = { PF_JOB_FLAVOUR: flavour, PF_JOB_QUEUE_NAME: queue, PF_JOB_TYPE: jobType };
  const given = Object.entries(pairs).filter(([, value]) => value !== undefined && value !== null);
  for (const [name, value] of given) if (typeof value !== 'string') throw invalid(`[${name}] of [${path}] should be a string`);
  return Object.fromEntries(given);
}

function cacheOf(cache: Json, path: string): Json {
  return renamed(cache, { enable: 'enable', maxExpiredTime: 'max_expired_time', fsScope: 'fs_scope' }, path);
}

function fsOptionsOf(value: Json): Json {
  const options = renamed(value, { mainFS: 'main_fs', extraFS: 'extra_fs' }, 'fsOptions');
  const { main_fs: main, extra_fs: extra } = options;
  return {
    ...(main === undefined ? {} : { main_fs: mountOf(main, 'fsOptions.mainFS') }),
    ...(Array.isArray(extra)
      ? { extra_fs: extra.map((mount: unknown) => mountOf(mount, 'fsOptions.extraFS')) }
      : options['extra_fs'] === undefined
        ? {}
        : { extra_fs: extra }),
  };
}

const mountOf = (value: unknown, path: string): unknown => (isMap(value) ? renamed(value, mountKeys, path) : value);

function mapped(map: Json, key: string, convert: (value: unknown, name: string) => unknown): Json {
  const entries = map[key];
  return isMap(entries) ? { [key]: Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, convert(value, name)])) } : {};
}

/** Keys of the JSON as the YAML spells them; others are errors at every level, as in the YAML. */
function renamed(value: Json, keys: Readonly<Record<string, string>>, path: string): Json {
  const entries = Object.entries(value).map(([key, item]) => {
    const name = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (name === undefined) throw invalid(`[${path}] has no attribute [${key}]`);
    return [name, item];
  });
  return Object.fromEntries(entries) as Json;
}
