import { parseJson } from '../../../core/exact-json.ts';
import { csv, resolved, type Component, type Workflow } from './component.ts';
import type { GraphEdge, GraphNode } from './graph.ts';
import { queueNameOf } from './queues.ts';
import { ownTemplate, parentName, templatesIn } from './template.ts';
import { plainOf, textOf, valueOf, type Entry, type Value } from './yaml.ts';

/** In characters, roughly those of the answer. Templates and aliases multiply: a short text may stand for more than can be sent. */
const mostDrawn = 1_000_000;
/** What a node costs besides its own texts. At most 2,500 of them is more than anybody can draw. */
const nodeWeight = 400;

export const plainAt = (map: Value | undefined, key: string): unknown => {
  const value = valueOf(map, key);
  return value && plainOf(value);
};
const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const weights = new WeakMap<Component, number>();
/** Of its own, without what is inside of it. */
function weightOf(component: Component): number {
  const known = weights.get(component);
  if (known !== undefined) return known;
  const { body } = component;
  const parts = body.kind === 'map' ? [...body.entries.values()].filter(({ name }) => name !== 'entry_points') : [];
  const weight = parts.reduce((sum, { value }) => sum + sizeOf(value), 0);
  weights.set(component, weight);
  return weight;
}
function sizeOf(value: Value): number {
  if (value.kind === 'scalar') return 20 + String(value.value).length;
  if (value.kind === 'list') return value.items.reduce((sum, item) => sum + sizeOf(item), 20);
  return [...value.entries.values()].reduce((sum, entry) => sum + entry.name.length + sizeOf(entry.value), 20);
}

/** Where the closing step stands in a run: it may not have the name of another, but old pipelines may hold anything. */
const postProcessPath = 'post_process';

export class Drawing {
  readonly nodes: GraphNode[] = [];
  readonly edges: GraphEdge[] = [];
  readonly #workflow: Workflow;
  readonly #disabled: ReadonlySet<string>;
  readonly #image: string | null;
  readonly #cached: boolean;
  #left = mostDrawn;

  constructor(workflow: Workflow) {
    this.#workflow = workflow;
    this.#disabled = new Set(csv(textOf(valueOf(workflow.root, 'disabled'))));
    this.#image = textOf(valueOf(workflow.root, 'docker_env')) || null;
    this.#cached = plainAt(valueOf(workflow.root, 'cache'), 'enable') === true;
  }

  /** False once there are too many. `above`: what is being drawn already, where a template leads back into itself. */
  level(siblings: readonly Component[], parent: GraphNode | null, postProcess: boolean, above: readonly Component[] = []): boolean {
    const prefix = parent === null ? (postProcess ? `${postProcessPath}/` : '') : `${parent.path}/`;
    const pathOf = (name: string) => `${prefix}${name}`;
    const names = new Set(siblings.map(({ name }) => name));
    for (const component of siblings) {
      const found = resolved(this.#workflow, component);
      const target = found && above.includes(found) ? undefined : found;
      const path = pathOf(component.name);
      this.#left -= nodeWeight + path.length * 3 + (this.#image?.length ?? 0) + weightOf(component) + (target ? weightOf(target) : 0);
      if (this.#left < 0) return false;
      const node = this.#node(component, target, { path, parent, postProcess });
      this.nodes.push(node);
      this.#edgesTo(component, node, names, pathOf);
      if (target?.isDag && !this.level(target.children, node, postProcess, [...above, target])) return false;
    }
    return true;
  }

  #node(
    component: Component,
    target: Component | undefined,
    at: { path: string; parent: GraphNode | null; postProcess: boolean },
  ): GraphNode {
    const body = target?.body;
    const fullName = at.parent === null ? component.name : `${at.parent.fullName}.${component.name}`;
    const isStep = target?.isDag !== true;
    const own = (key: string) => textOf(valueOf(body, key)) || null;
    const enable = plainAt(valueOf(body, 'cache'), 'enable');
    return {
      path: at.path,
      fullName,
      parent: at.parent?.path ?? null,
      name: component.name,
      kind: isStep ? 'STEP' : 'DAG',
      reference: component.reference ?? null,
      resolved: target !== undefined,
      postProcess: at.postProcess,
      disabled: at.parent?.disabled === true || this.#disabled.has(fullName),
      dependsOn: component.deps,
      condition: own('condition'),
      loop: loopOf(valueOf(body, 'loop_argument')),
      command: own('command'),
      image: isStep ? (own('docker_env') ?? this.#image) : null,
      queueName: isStep && target ? queueNameOf(target) : null,
      flavourName: isStep ? (textOf(valueOf(valueOf(body, 'env'), 'PF_JOB_FLAVOUR')) ?? null) : null,
      cached: isStep && !at.postProcess && (typeof enable === 'boolean' ? enable : this.#cached),
      parameters: merged(target?.parameters, component.parameters).map(({ name, value }) => ({ name, value: plainOf(value) })),
      env: envOf(valueOf(body, 'env')),
      inputs: merged(target?.inputs, component.inputs).map(sourced),
      outputs: (target?.outputs ?? []).map(target?.isDag ? sourced : ({ name }) => ({ name, from: null })),
    };
  }

  #edgesTo(component: Component, { path: to }: GraphNode, siblings: ReadonlySet<string>, pathOf: (name: string) => string): void {
    for (const name of new Set(component.deps)) {
      if (siblings.has(name)) this.edges.push({ kind: 'DEPENDENCY', from: pathOf(name), to, names: [] });
    }
    const taken = (kind: GraphEdge['kind'], entries: readonly Entry[]) => {
      const templates = entries.flatMap(({ value }) => templatesIn(typeof plainOf(value) === 'string' ? (textOf(value) ?? '') : ''));
      for (const [from, used] of Map.groupBy(templates, ({ component: name }) => name)) {
        if (from !== undefined && from !== parentName && siblings.has(from))
          this.edges.push({ kind, from: pathOf(from), to, names: [...new Set(used.map(({ name }) => name))] });
      }
    };
    taken('ARTIFACT', component.inputs);
    taken('PARAMETER', component.parameters);
  }
}

const merged = (template: readonly Entry[] = [], own: readonly Entry[]): Entry[] => [
  ...new Map([...template, ...own].map((entry) => [entry.name, entry])).values(),
];
const sourced = ({ name, value }: Entry) => ({ name, from: textOf(value) || null });
const envOf = (env: Value | undefined) =>
  env?.kind === 'map' ? [...env.entries.values()].map(({ name, value }) => ({ name, value: asText(plainOf(value)) })) : [];

function loopOf(value: Value | undefined): GraphNode['loop'] {
  if (value === undefined) return null;
  const plain = plainOf(value);
  if (Array.isArray(plain)) return { items: plain, from: null };
  const text = asText(plain);
  if (ownTemplate(text.trim())) return { items: null, from: text };
  try {
    const list: unknown = parseJson(text);
    return { items: Array.isArray(list) ? list : null, from: text };
  } catch {
    return { items: null, from: text };
  }
}
