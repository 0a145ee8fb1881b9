import { workflowOf } from './component.ts';
import { Drawing, plainAt } from './drawing.ts';
import { readYaml } from './read-yaml.ts';
import { textOf, valueOf } from './yaml.ts';

/** A step or dag of a workflow as it would be drawn. References are resolved: it shows what it refers to. */
export interface GraphNode {
  /** `report/render`, `post_process/notify`: as the path of the step in a run, but for the turns of loops. */
  readonly path: string;
  /** `report.render`, `notify`: as requests name it. */
  readonly fullName: string;
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

/** The graph, or the reason why there is none. Never throws: old pipelines may hold anything. */
export function graphOf(yaml: string): WorkflowGraph | { readonly unreadable: string } {
  const { root, issues } = readYaml(yaml);
  if (root === undefined) return { unreadable: issues[0]?.message ?? 'It cannot be read' };
  if (root.kind !== 'map') return { unreadable: 'It is no map of keys and values' };
  const workflow = workflowOf(root);
  const drawing = new Drawing(workflow);
  const complete = drawing.level(workflow.entries, null, false) && drawing.level(workflow.postProcess, null, true);
  if (!complete) return { unreadable: 'It is too large to be drawn, with its templates and aliases written out' };
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
