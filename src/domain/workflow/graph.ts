import { csv, resolved, workflowOf, type Component, type Workflow } from './component.ts';
import { queueNameOf } from './queues.ts';
import { loneTemplate, parentName, templatesIn } from './template.ts';
import { plainOf, readYaml, textOf, valueOf, type Entry, type Value } from './yaml.ts';

/** A step or dag of a workflow as it would be drawn. References are resolved: it shows what it refers to. */
export interface GraphNode {
  /** `report/render`: as the path of the step in a run, but for the turns of loops. */
  readonly path: string;
  readonly parent: string | null;
  readonly name: string;
  readonly kind: 'STEP' | 'DAG';
  /** Name of the template, where it refers to one. */
  readonly reference: string | null;
  /** False: its template is not there, or templates go in circles. */
  readonly resolved: boolean;
  readonly postProcess: boolean;
  readonly disabled: boolean;
  readonly dependsOn: readonly string[];
  readonly condition: string | null;
  readonly loop: { readonly items: readonly unknown[] | null; readonly from: string | null } | null;
  readonly command: string | null;
  readonly image: string | null;
  readonly queueName: string | null;
  readonly flavourName: string | null;
  readonly cached: boolean;
  readonly parameters: readonly { readonly name: string; readonly value: unknown }[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly inputs: readonly { readonly name: string; readonly from: string | null }[];
  readonly outputs: readonly { readonly name: string; readonly from: string | null }[];
}

/** `DEPENDENCY`: waits for it. `ARTIFACT`, `PARAMETER`: takes something from it, named by `names`. Paths of nodes at both ends. */
export interface GraphEdge {
  readonly kind: 'DEPENDENCY' | 'ARTIFACT' | 'PARAMETER';
  readonly from: string;
  readonly to: string;
  readonly names: readonly string[];
}

export interface WorkflowGraph {
  readonly name: string | null;
  readonly image: string | null;
  readonly parallelism: number;
  readonly failureStrategy: 'fail_fast' | 'continue';
  readonly fileSystem: string | null;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** More than anybody can draw: templates within templates multiply. */
const mostNodes = 2_000;

/** The graph, or the reason why there is none. Never throws: old pipelines may hold anything. */
export function graphOf(yaml: string): WorkflowGraph | { readonly unreadable: string } {
  const { root, issues } = readYaml(yaml);
  if (root === undefined) return { unreadable: issues[0]?.message ?? 'It cannot be read' };
  if (root.kind !== 'map') return { unreadable: 'It is no map of keys and values' };
  const workflow = workflowOf(root);
  const drawing = new Drawing(workflow);
  const complete = drawing.level(workflow.entries, null, false) && drawing.level(workflow.postProcess, null, true);
  if (!complete) return { unreadable: `It has more than ${mostNodes} steps and dags` };
  const parallelism = plainAt(root, 'parallelism');
  return {
    name: textOf(valueOf(root, 'name')) ?? null,
    image: textOf(valueOf(root, 'docker_env')) || null,
    parallelism: typeof parallelism === 'number' && parallelism > 0 ? Math.min(20, Math.floor(parallelism)) : 10, // contract 7.1
    failureStrategy: textOf(valueOf(valueOf(root, 'failure_options'), 'strategy')) === 'continue' ? 'continue' : 'fail_fast',
    fileSystem: textOf(valueOf(valueOf(valueOf(root, 'fs_options'), 'main_fs'), 'name')) || null,
    nodes: drawing.nodes,
    edges: drawing.edges,
  };
}

const plainAt = (map: Value | undefined, key: string): unknown => {
  const value = valueOf(map, key);
  return value && plainOf(value);
};
const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

class Drawing {
  readonly nodes: GraphNode[] = [];
  readonly edges: GraphEdge[] = [];
  readonly #workflow: Workflow;
  readonly #disabled: ReadonlySet<string>;
  readonly #image: string | null;
  readonly #cached: boolean;

  constructor(workflow: Workflow) {
    this.#workflow = workflow;
    this.#disabled = new Set(csv(textOf(valueOf(workflow.root, 'disabled'))));
    this.#image = textOf(valueOf(workflow.root, 'docker_env')) || null;
    this.#cached = plainAt(valueOf(workflow.root, 'cache'), 'enable') === true;
  }

  /** False once there are too many. `above`: what is being drawn already, where a template leads back into itself. */
  level(siblings: readonly Component[], parent: GraphNode | null, postProcess: boolean, above: readonly Component[] = []): boolean {
    const pathOf = (name: string) => (parent === null ? name : `${parent.path}/${name}`);
    const names = new Set(siblings.map(({ name }) => name));
    for (const component of siblings) {
      if (this.nodes.length >= mostNodes) return false;
      const found = resolved(this.#workflow, component);
      const target = found && above.includes(found) ? undefined : found;
      const node = this.#node(component, target, { path: pathOf(component.name), parent, postProcess });
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
    const isStep = target?.isDag !== true;
    const own = (key: string) => textOf(valueOf(body, key)) || null;
    const enable = plainAt(valueOf(body, 'cache'), 'enable');
    return {
      path: at.path,
      parent: at.parent?.path ?? null,
      name: component.name,
      kind: isStep ? 'STEP' : 'DAG',
      reference: component.reference ?? null,
      resolved: target !== undefined,
      postProcess: at.postProcess,
      disabled: at.parent?.disabled === true || this.#disabled.has(at.path.replaceAll('/', '.')),
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
  if (loneTemplate(text)) return { items: null, from: text };
  try {
    const list: unknown = JSON.parse(text);
    return { items: Array.isArray(list) ? list : null, from: text };
  } catch {
    return { items: null, from: text };
  }
}
