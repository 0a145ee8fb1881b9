import type { YamlNode } from '../go-yaml/compose.ts';
import { MapReader, targetOf, type Pair } from '../go-yaml/pairs.ts';
import { resolveScalar, ScalarError } from '../go-yaml/scalar.ts';

/** A key of a workflow with what is under it. */
export interface Part {
  readonly path: readonly string[];
  readonly key: YamlNode;
  readonly value: YamlNode;
}

const sections = ['entry_points', 'components', 'post_process'] as const;
type Section = (typeof sections)[number];

/**
 * The nodes of a workflow by what they stand for. Aliases are followed and each node is visited once, so that neither depth nor number is too much,
 * and a broken workflow has what it has. Throws a `YamlError` for merges that go in a circle.
 */
export class WorkflowNodes {
  readonly #maps = new MapReader();
  readonly #empty: Part[] = [];
  readonly #components: Part[] = [];
  readonly #top = new Map<Section, readonly Part[]>();

  constructor(root: YamlNode | undefined) {
    const roots = root ? { key: root, value: root, path: [] } : undefined;
    const waiting: Part[] = [];
    for (const section of sections) {
      const part = roots && this.#under(roots, section);
      const parts = part ? this.#children(part) : [];
      if (part && section === 'entry_points') this.#noteEmpty(part);
      this.#top.set(section, parts);
      waiting.push(...parts);
    }
    const seen = new Set<YamlNode>();
    for (let part = waiting.pop(); part; part = waiting.pop()) {
      const node = targetOf(part.value);
      if (seen.has(node)) continue;
      seen.add(node);
      this.#components.push(part);
      const inner = this.#under(part, 'entry_points');
      if (inner === undefined) continue;
      this.#noteEmpty(inner);
      waiting.push(...this.#children(inner).toReversed());
    }
  }

  /** `entry_points` that hold nothing. */
  emptySections(): readonly Part[] {
    return this.#empty;
  }

  /** Steps, dags, references and templates of all levels; what stands in several places is here once. */
  components(): readonly Part[] {
    return this.#components;
  }

  templates(): readonly Part[] {
    return this.#top.get('components') ?? [];
  }

  /** Closing steps that refer to a template that refers to another one. */
  doubleReferences(): { readonly part: Part; readonly name: string }[] {
    const templates = new Map(this.templates().map((template) => [template.path.at(-1), template]));
    return (this.#top.get('post_process') ?? []).flatMap((step) => {
      const reference = this.reference(step);
      const template = reference && templates.get(reference.name);
      return template && this.reference(template) ? [{ part: reference.part, name: reference.name }] : [];
    });
  }

  /** The template that a component refers to. */
  reference(component: Part): { readonly name: string; readonly part: Part } | undefined {
    const part = this.#under(component, 'reference');
    const name = part && this.text(part.value, 'component', part.path)?.text;
    return part && name ? { name, part } : undefined;
  }

  /** Of what is inside a component, itself included. */
  *within(component: Part): Generator<Part, void> {
    const seen = new Set<YamlNode>();
    const waiting = [component];
    for (let part = waiting.pop(); part; part = waiting.pop()) {
      const node = targetOf(part.value);
      if (seen.has(node)) continue;
      seen.add(node);
      yield part;
      const inner = this.#under(part, 'entry_points');
      if (inner) waiting.push(...this.#children(inner));
    }
  }

  /** A scalar under a key, as text. */
  text(map: YamlNode, key: string, path: readonly string[] = []): { readonly text: string; readonly part: Part } | undefined {
    const part = this.#under({ key: map, value: map, path }, key);
    if (part === undefined) return undefined;
    const node = targetOf(part.value);
    if (node.kind !== 'scalar') return undefined;
    try {
      const { value } = resolveScalar(node);
      return value === null ? undefined : { text: String(value), part };
    } catch (error) {
      if (error instanceof ScalarError) return undefined; // PaddleFlow refuses the whole
      throw error;
    }
  }

  #pairs(node: YamlNode): ReadonlyMap<string, Pair> {
    const map = targetOf(node);
    return map.kind === 'map' ? this.#maps.read(map).pairs : new Map();
  }

  #under(of: Part, key: string): Part | undefined {
    const pair = this.#pairs(of.value).get(key);
    return pair && { key: pair.key, value: pair.value, path: [...of.path, key] };
  }

  #children(section: Part): Part[] {
    return [...this.#pairs(section.value).values()].map(({ name, key, value }) => ({ key, value, path: [...section.path, name] }));
  }

  #noteEmpty(section: Part): void {
    const map = targetOf(section.value);
    if (map.kind === 'map' && this.#pairs(map).size === 0) this.#empty.push(section);
  }
}
