import { type Characters, YamlError } from './characters.ts';
import { Parser } from './parser.ts';

/** `index`: of its first character. `steps`: how many go-yaml takes to read it, with all that aliases in it stand for. */
export type YamlNode = YamlMap | YamlList | YamlScalar | YamlAlias;
export interface YamlMap {
  readonly steps: number;
  readonly kind: 'map';
  readonly index: number;
  readonly pairs: readonly (readonly [key: YamlNode, value: YamlNode])[];
}
export interface YamlList {
  readonly steps: number;
  readonly kind: 'list';
  readonly index: number;
  readonly items: readonly YamlNode[];
}
export interface YamlScalar {
  readonly steps: number;
  readonly kind: 'scalar';
  readonly index: number;
  readonly text: string;
  /** In full; empty without one. */
  readonly tag: string;
  /** Neither quoted nor tagged: what it looks like decides what it is. */
  readonly plain: boolean;
}
export interface YamlAlias {
  readonly steps: number;
  readonly kind: 'alias';
  readonly index: number;
  readonly name: string;
  /** The last node before it that bears the anchor. It may stand within that. */
  readonly target: YamlNode;
}

/**
 * The first document of a text; what comes behind is not looked at. Undefined: there is none. Throws a `YamlError` for what go-yaml v2 cannot
 * read. Aliases are not followed, and no depth is too much, so this takes a time in proportion to the text.
 */
export function composeYaml(characters: Characters): YamlNode | undefined {
  const parser = new Parser(characters);
  if (parser.next().type === 'stream end') return undefined;
  const anchors = new Map<string, YamlNode>();
  const open: { node: Filling<YamlMap> | Filling<YamlList>; nodes: YamlNode[] }[] = [];
  let root: YamlNode | undefined;
  let own = 0;
  let widest: YamlNode | undefined;
  const place = (node: YamlNode, anchor: string | undefined) => {
    own += 1;
    if (anchor !== undefined) anchors.set(anchor, node);
    if (open.length === 0) root = node;
    else open.at(-1)?.nodes.push(node);
  };
  for (let event = parser.next(); event.type !== 'document end'; event = parser.next()) {
    const { index } = event.start;
    if (event.type === 'map' || event.type === 'list') {
      const node = event.type === 'map' ? emptyMap(index) : emptyList(index);
      place(node, event.anchor);
      open.push({ node, nodes: [] });
    } else if (event.type === 'scalar') {
      place({ kind: 'scalar', steps: 1, index, text: event.text, tag: event.tag, plain: event.plain }, event.anchor);
    } else if (event.type === 'alias') {
      const target = anchors.get(event.name);
      if (target === undefined) throw new YamlError(`unknown anchor '${event.name}' referenced`, index);
      const alias = { kind: 'alias', steps: 1 + target.steps, index, name: event.name, target } as const;
      if (widest === undefined || alias.steps > widest.steps) widest = alias;
      place(alias, undefined);
    } else if (event.type === 'end') {
      const done = open.pop();
      if (done) fill(done.node, done.nodes);
    } else throw new YamlError('attempted to go past the end of stream; corrupted value?', index);
  }
  if (root && widest && isExcessive(root.steps + 1, root.steps - own))
    throw new YamlError('document contains excessive aliasing', widest.index);
  return root;
}

/** go-yaml gives up when nearly all that it has read is read by way of aliases. */
function isExcessive(steps: number, aliased: number): boolean {
  if (aliased <= 100 || steps <= 1000) return false;
  const share = steps <= 400_000 ? 0.99 : steps >= 4_000_000 ? 0.1 : 0.99 - (0.89 * (steps - 400_000)) / 3_600_000;
  return !Number.isFinite(steps) || aliased / steps > share;
}

type Filling<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] };
const emptyMap = (index: number): Filling<YamlMap> => ({ kind: 'map', steps: 1, index, pairs: [] });
const emptyList = (index: number): Filling<YamlList> => ({ kind: 'list', steps: 1, index, items: [] });

/** Of a map, keys and values take turns. */
function fill(node: Filling<YamlMap> | Filling<YamlList>, nodes: readonly YamlNode[]): void {
  node.steps = nodes.reduce((steps, inner) => steps + inner.steps, 1);
  if (node.kind === 'list') node.items = [...nodes];
  else
    for (let index = 0; index < nodes.length; index += 2) {
      const [key, value] = [nodes[index], nodes[index + 1]];
      if (key && value) node.pairs.push([key, value]);
    }
}
