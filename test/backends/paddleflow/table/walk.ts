import { getNamedType, Kind, parse, type OperationDefinitionNode } from 'graphql';
import { createSchema } from '../../../../src/schema.ts';
import { as, eventually, type Answer } from '../../../support/bench.ts';
import type { JsonView } from '../../../support/json.ts';
import type { Step } from './row.ts';
import type { World } from './world.ts';

const schema = createSchema();

/** Runs the document as it is, and tells of which type its answer is. */
export async function take(world: World, { operation, given, fault, ...step }: Step): Promise<{ answer: string; value: unknown }> {
  const text = await world.operation(operation);
  const { kind, field } = firstField(text);
  const variables = kind === 'mutation' ? { input: given } : given;
  if (fault) world.control.orderFault({ kind: 'status', ...fault });
  try {
    const who = step.as ?? 'boss';
    const answer =
      kind === 'subscription' ? await firstItem(world, who, text, variables, step.meanwhile) : await world.query(text, variables, as(who));
    const [error] = answer.errors ?? [];
    if (error) return { answer: String(error.extensions?.['code'] ?? error.message), value: error };
    const value: JsonView | null | undefined = answer.data?.[field];
    if (!value) return { answer: 'null', value };
    const declared = schema.getRootType(kind)?.getFields()[field]?.type;
    return { answer: value['__typename'] ? String(value['__typename']) : String(declared && getNamedType(declared)), value };
  } finally {
    world.control.clearFaults();
  }
}

async function firstItem(
  world: World,
  who: string,
  query: string,
  variables: Record<string, unknown>,
  meanwhile?: Step['meanwhile'],
): Promise<Answer> {
  const socket = await world.socket(as(who));
  try {
    const watchers = () => world.gateways[0]?.hub.watchers() ?? 0;
    if (meanwhile) await eventually(() => watchers() === 0);
    const stream = socket.start({ query, variables });
    if (meanwhile) {
      await eventually(() => watchers() === 1);
      await meanwhile();
    }
    const message = await stream.message();

    if (message.type === 'error') return { errors: message.payload as Answer['errors'] & {} }; // by the protocol
    return message.payload as Answer;
  } finally {
    socket.socket.close();
  }
}

function firstField(text: string) {
  const operation = parse(text).definitions.find((part): part is OperationDefinitionNode => part.kind === Kind.OPERATION_DEFINITION);
  // `viewer` of Sources comes before what it is about.
  const fields = operation?.selectionSet.selections.filter((part) => part.kind === Kind.FIELD) ?? [];
  const field = fields.at(-1);
  if (operation === undefined || field === undefined) throw new Error(`no operation in ${text}`);
  return { kind: operation.operation, field: field.name.value };
}
