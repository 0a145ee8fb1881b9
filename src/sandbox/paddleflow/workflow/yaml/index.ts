import { invalidPipeline } from '../error.ts';
import type { Value } from '../value.ts';
import { refuseControlCharacters, yamlError } from './cursor.ts';
import { duplicateKeys } from './duplicates.ts';
import type { MappingNode, Node } from './nodes.ts';
import { readDocument } from './nodes.ts';
import { plainScalar, taggedScalar } from './scalar.ts';

/** Aliases of aliases must not grow without bound: no pipeline comes near so many nodes. */
const maxNodes = 200_000;

interface Reading {
  /** What aliases stand for and the reading is inside of just now. */
  readonly open: Set<Node>;
  nodes: number;
}

/**
 * Reads the text as the Kubernetes YAML→JSON converter does (section 7): scalars of YAML 1.1, keys turned into strings, merge keys
 * followed, only the first document looked at. `refuseDuplicates`, to be called later, throws for keys that come twice in one map.
 */
export function readYaml(text: string): { readonly value: Value; refuseDuplicates(): void } {
  refuseControlCharacters(text);
  try {
    const document = readDocument(text);
    if (document === undefined) return { value: null, refuseDuplicates() {} };
    return {
      value: valueOf(document, { open: new Set(), nodes: 0 }),
      refuseDuplicates() {
        const found = duplicateKeys(document);
        if (found.length > 0) throw invalidPipeline(`yaml: unmarshal errors:\n${found.map((line) => `  ${line}`).join('\n')}`);
      },
    };
  } catch (error) {
    throw error instanceof RangeError ? yamlError('exceeded max depth', 0) : error; // our stack is smaller than the server's
  }
}

function valueOf(node: Node, reading: Reading): Value {
  reading.nodes += 1;
  if (reading.nodes > maxNodes) throw yamlError('document contains excessive aliasing', 0);
  switch (node.kind) {
    case 'alias': {
      if (reading.open.has(node.target)) throw yamlError(`anchor '${node.name}' value contains itself`, 0);
      reading.open.add(node.target);
      const value = valueOf(node.target, reading);
      reading.open.delete(node.target);
      return value;
    }
    case 'sequence':
      return node.items.map((item) => valueOf(item, reading));
    case 'mapping':
      return mapOf(node, reading);
    case 'scalar':
      if (node.tag !== '') return taggedScalar(node.tag, node.text);
      return node.plain ? plainScalar(node.text) : node.text;
  }
}

/** In the order of the text: what is merged replaces what stands before it, and is replaced by what stands behind. */
function mapOf({ entries }: MappingNode, reading: Reading): Value {
  const map: Record<string, Value> = Object.create(null);
  for (const [key, value] of entries) {
    if (key.kind === 'scalar' && key.text === '<<' && (key.plain || key.tag === 'tag:yaml.org,2002:merge')) merge(map, value, reading);
    else map[keyOf(valueOf(key, reading))] = valueOf(value, reading);
  }
  return map;
}

/** What stands earlier in a list of merged maps wins. */
function merge(into: Record<string, Value>, node: Node, reading: Reading): void {
  const sources = node.kind === 'sequence' ? node.items.toReversed() : [node];
  for (const source of sources) {
    const value = valueOf(source, reading);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw yamlError('map merge requires map or sequence of maps as the value', 0);
    Object.assign(into, value);
  }
}

/** JSON knows only text as a key: `n: 3` becomes the key `false` (section 7). */
function keyOf(key: Value): string {
  if (typeof key === 'string') return key;
  if (typeof key === 'boolean' || typeof key === 'number' || typeof key === 'bigint') return String(key);
  throw invalidPipeline('unsupported map key');
}
