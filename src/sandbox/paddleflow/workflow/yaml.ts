import { type Alias, isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Document, type Node, type Pair } from 'yaml';
import { invalidPipeline } from './error.ts';
import { plainScalar, taggedScalar } from './yaml-scalar.ts';
import type { Value } from './value.ts';

/** Aliases of aliases must not grow without bound: no pipeline comes near so many nodes. */
const MAX_NODES = 200_000;

interface Reading {
  readonly document: Document;
  readonly refuseDuplicates: boolean;
  /** Finding an anchor walks through the document: once per alias is enough. */
  readonly targets: Map<Alias, Node | undefined>;
  /** The anchors inside of which the reading is just now. */
  readonly open: Set<Node>;
  nodes: number;
}

/**
 * Reads the text as the Kubernetes YAML→JSON converter does (section 7): scalars of YAML 1.1, keys turned into strings, merge keys
 * followed, only the first document looked at.
 */
export function readYaml(text: string, duplicateKeys: 'refuse' | 'last-wins'): Value {
  // The failsafe schema leaves every scalar as text, so that the resolution of the converter can be followed to the letter.
  const parsed = parseAllDocuments(text, { version: '1.1', schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  const document = Array.isArray(parsed) ? parsed[0] : undefined;
  if (document === undefined) return null;
  const [error] = document.errors;
  if (error !== undefined) throw invalidPipeline(`error converting YAML to JSON: yaml: ${error.message.split('\n')[0]}`);
  return valueOf(document.contents, {
    document,
    refuseDuplicates: duplicateKeys === 'refuse',
    targets: new Map(),
    open: new Set(),
    nodes: 0,
  });
}

function valueOf(node: unknown, reading: Reading): Value {
  reading.nodes += 1;
  if (reading.nodes > MAX_NODES) throw invalidPipeline('error converting YAML to JSON: yaml: document contains excessive aliasing');
  if (isAlias(node)) {
    const target = targetOf(node, reading);
    if (reading.open.has(target))
      throw invalidPipeline(`error converting YAML to JSON: yaml: anchor '${node.source}' value contains itself`);
    reading.open.add(target);
    const value = valueOf(target, reading);
    reading.open.delete(target);
    return value;
  }
  if (isMap(node)) return mapOf(node.items, reading);
  if (isSeq(node)) return node.items.map((item) => valueOf(item, reading));
  if (!isScalar(node)) return null;
  const source = String(node.value ?? '');
  if (node.tag !== undefined && node.tag !== '!') return taggedScalar(node.tag, source);
  return node.type === 'PLAIN' && node.tag !== '!' ? plainScalar(source) : source;
}

function targetOf(alias: Alias, { document, targets }: Reading): Node {
  if (!targets.has(alias)) targets.set(alias, alias.resolve(document));
  const target = targets.get(alias);
  if (target === undefined) throw invalidPipeline(`error converting YAML to JSON: yaml: unknown anchor '${alias.source}' referenced`);
  return target;
}

function mapOf(items: readonly Pair[], reading: Reading): Value {
  const map: Record<string, Value> = Object.create(null);
  const merged: Record<string, Value> = Object.create(null);
  for (const { key, value } of items) {
    if (isMergeKey(key)) {
      merge(merged, value, reading);
      continue;
    }
    const name = keyOf(valueOf(key, reading));
    if (reading.refuseDuplicates && name in map) {
      throw invalidPipeline(`error converting YAML to JSON: yaml: unmarshal errors: key "${name}" already set in map`);
    }
    map[name] = valueOf(value, reading);
  }
  for (const [name, value] of Object.entries(merged)) if (!(name in map)) map[name] = value;
  return map;
}

const isMergeKey = (key: unknown): boolean => isScalar(key) && key.type === 'PLAIN' && key.value === '<<';

/** What stands earlier in a list of merged maps wins; what the map says itself wins over both. */
function merge(into: Record<string, Value>, node: unknown, reading: Reading): void {
  const sources = isSeq(node) ? node.items : [node];
  for (const source of sources) {
    const value = valueOf(source, reading);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw invalidPipeline('error converting YAML to JSON: yaml: map merge requires map or sequence of maps as the value');
    }
    for (const [name, item] of Object.entries(value)) if (!(name in into)) into[name] = item;
  }
}

/** JSON knows only text as a key: `n: 3` becomes the key `false` (section 7). */
function keyOf(key: Value): string {
  if (typeof key === 'string') return key;
  if (typeof key === 'boolean' || typeof key === 'number' || typeof key === 'bigint') return String(key);
  throw invalidPipeline('error converting YAML to JSON: unsupported map key');
}
