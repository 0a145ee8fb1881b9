import { builder } from '../../../graphql/builder.ts';
import { FailureStrategy } from './failure-strategy.schema.ts';
import type { GraphEdge, GraphNode, WorkflowGraph } from './graph.ts';

const NodeKind = builder.enumType('PipelineNodeKind', {
  description: 'What a node of a drawing stands for.',
  values: {
    STEP: { description: 'A container, or one for each turn of its loop.' },
    DAG: { description: 'A group: the nodes that have it as parent.' },
  },
} as const);
const EdgeKind = builder.enumType('PipelineEdgeKind', {
  description: 'Why one node needs another.',
  values: {
    DEPENDENCY: { description: 'The node waits for the end of the other one: `deps`.' },
    ARTIFACT: { description: 'The node reads an artifact that the other one writes.' },
    PARAMETER: { description: 'The node takes over the value of a parameter.' },
  },
} as const);

const Value = builder.objectRef<GraphNode['parameters'][number]>('PipelineParameter').implement({
  description: 'A parameter as the YAML declares it.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'By which runs override it, alone or after the full name of its component.' }),
    value: t.expose('value', {
      type: 'JSON',
      nullable: true,
      description:
        'A text (with templates), a number, a list, or an object of type and default; null where the YAML says so. A whole number with more digits than a double keeps is given as text.',
    }),
  }),
});
const Variable = builder.objectRef<GraphNode['env'][number]>('PipelineVariable').implement({
  description: 'An environment variable of a step.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the variable; one that begins with `PF_` tells PaddleFlow how to run the step.' }),
    value: t.exposeString('value', { description: 'Before templates are filled in.' }),
  }),
});
const Artifact = builder.objectRef<GraphNode['inputs'][number]>('PipelineArtifact').implement({
  description: 'A file or folder that is handed on.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Under which the command refers to it.' }),
    from: t.string({
      nullable: true,
      description: 'Template of where it comes from, such as `{{prep.clean}}`; null where the step makes it.',
      resolve: ({ from }) => from,
    }),
  }),
});
const Loop = builder.objectRef<NonNullable<GraphNode['loop']>>('PipelineLoop').implement({
  description: 'A loop: a turn for each element of a list, in parallel.',
  fields: (t) => ({
    items: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The list where the YAML holds it; null when it is known only at run time.',
      resolve: ({ items }) => items,
    }),
    from: t.string({
      nullable: true,
      description: 'The template or text that leads to the list; null for a literal one.',
      resolve: ({ from }) => from,
    }),
  }),
});

const PipelineNode = builder.objectRef<GraphNode>('PipelineNode').implement({
  description: 'A step or dag as it would be drawn. What refers to a template shows the template, with its own parameters and inputs.',
  fields: (t) => ({
    path: t.exposeString('path', {
      description: 'Unique in the graph: `report/render`. The path of the step in a run, but for the turns of loops.',
    }),
    fullName: t.exposeString('fullName', {
      description: 'With dots, as `disabled` and overrides of parameters take it: `report.render`.',
    }),
    parentPath: t.exposeString('parent', { nullable: true, description: 'Path of the dag around it; null at the top.' }),
    name: t.exposeString('name', { description: 'Unique among its siblings.' }),
    kind: t.expose('kind', { type: NodeKind, description: 'After references are resolved.' }),
    templateName: t.exposeString('reference', {
      nullable: true,
      description: 'The template that it stands for; null when it is written out.',
    }),
    resolved: t.exposeBoolean('resolved', {
      description: 'False: its template is missing or refers back to itself, so nothing more is known.',
    }),
    isPostProcess: t.exposeBoolean('postProcess', { description: 'The node runs after everything else, whatever came of that.' }),
    disabled: t.exposeBoolean('disabled', { description: 'Switched off by the YAML, itself or with its dag.' }),
    dependsOn: t.exposeStringList('dependsOn', { description: 'Names of siblings that must end well first.' }),
    condition: t.exposeString('condition', { nullable: true, description: 'Expression; when false it is skipped. Null: it always runs.' }),
    loop: t.expose('loop', { type: Loop, nullable: true, description: 'Null: it runs once.' }),
    command: t.exposeString('command', { nullable: true, description: 'Shell line with its templates; null for dags.' }),
    image: t.exposeString('image', {
      nullable: true,
      description: 'Image of its own or of the workflow; null when neither has one, and for dags.',
    }),
    queueName: t.exposeString('queueName', {
      nullable: true,
      description: 'Where it waits for resources; the default queue unless its environment names one. Null for dags.',
    }),
    flavourName: t.exposeString('flavourName', {
      nullable: true,
      description: 'Flavour that it asks for, as its environment names it; null when it names none.',
    }),
    cached: t.exposeBoolean('cached', { description: 'The node may take over the result of an equal earlier step.' }),
    parameters: t.field({ type: [Value], description: 'With those of its template.', resolve: ({ parameters }) => [...parameters] }),
    env: t.field({
      type: [Variable],
      description: 'As set in the YAML, before the variables that PaddleFlow adds.',
      resolve: ({ env }) => [...env],
    }),
    inputs: t.field({ type: [Artifact], description: 'What it reads.', resolve: ({ inputs }) => [...inputs] }),
    outputs: t.field({ type: [Artifact], description: 'What it hands on.', resolve: ({ outputs }) => [...outputs] }),
  }),
});

const PipelineEdge = builder.objectRef<GraphEdge>('PipelineGraphEdge').implement({
  description: 'An arrow between two nodes of the same level.',
  fields: (t) => ({
    kind: t.expose('kind', { type: EdgeKind, description: 'What flows along it.' }),
    from: t.exposeString('from', { description: 'Path of the node that comes first.' }),
    to: t.exposeString('to', { description: 'Path of the one that needs it.' }),
    names: t.exposeStringList('names', { description: 'Artifacts or parameters of the first one that are taken; empty for dependencies.' }),
  }),
});

export const PipelineGraphRef = builder.objectRef<WorkflowGraph>('PipelineGraph').implement({
  description: 'A workflow for drawing: nodes of all levels in the order of the text, and the arrows between them.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: true, description: 'As the YAML says; null when that leaves it to the request.' }),
    image: t.exposeString('image', {
      nullable: true,
      description: 'Image for steps without one of their own; null when the YAML names none.',
    }),
    parallelism: t.exposeInt('parallelism', {
      description: 'Steps at a time, with the limits of the backend applied: 10 unless given, 20 at most.',
    }),
    failureStrategy: t.expose('failureStrategy', { type: FailureStrategy, description: 'FAIL_FAST unless the YAML says otherwise.' }),
    fileSystemName: t.exposeString('fileSystem', { nullable: true, description: 'Name of the main file system; null when there is none.' }),
    nodes: t.field({ type: [PipelineNode], description: 'A dag stands before what is inside of it.', resolve: ({ nodes }) => [...nodes] }),
    edges: t.field({ type: [PipelineEdge], description: 'Only between nodes that are here.', resolve: ({ edges }) => [...edges] }),
  }),
});
