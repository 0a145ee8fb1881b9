import { getNamedType, isInputObjectType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSchema } from '../../../../src/schema.ts';
import { UpstreamError } from '../../../../src/upstream/errors.ts';
import { as, eventually } from '../../../support/bench.ts';
import { headersOf } from '../accounts.ts';
import { cases } from './cases.ts';
import { rows, type Row, type Word } from './table.ts';
import { id, startWorld, type World } from './world.ts';

const mutations = createSchema().getMutationType()?.getFields() ?? {};
const operationOf = (mutation: string) => mutation.replace(/^./, (letter) => letter.toUpperCase());
/** Says what it would do when asked to. */
function hasDryRun(mutation: string): boolean {
  const input = getNamedType(mutations[mutation]?.args[0]?.type);
  return isInputObjectType(input) && 'dryRun' in input.getFields();
}

let world: World;
let made = 0;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

interface Outcome {
  /** Type of the result, or code of the error. */
  readonly answer: string;
  readonly writes: readonly string[];
  readonly asked: unknown;
}
interface Outcomes {
  readonly dryRun?: Outcome;
  readonly done: Outcome;
}

async function outcome(mutation: string, input: object, headers: Record<string, string>, source?: string): Promise<Outcome> {
  world.forgetCalls();
  const { data, errors } = await world.run(operationOf(mutation), { input }, headers);
  const calls = world.calls(source).map((call) => call.replace('/api/paddleflow/v1', ''));
  const [error] = errors ?? [];
  return {
    answer: String(error ? (error.extensions?.['code'] ?? error.message) : data?.[mutation]?.['__typename']),
    writes: calls.filter((call) => !call.startsWith('GET ')),
    asked: calls.length > 0,
  };
}

/** Where the gateway may know enough from its catalog, or else asks. */
const either: unknown = expect.any(Boolean);

function expected({ mutation, refusedAs }: Row, caller: string, word: Word, write: string | undefined): Outcomes {
  const refusal = caller === 'nobody' ? 'UNAUTHENTICATED' : refusedAs;
  const answer = word === 'yes' ? `${operationOf(mutation)}Payload` : refusal;
  const sent = (word === 'yes' || word === 'PF') && write !== undefined;
  // Whose it is, the gateway does not decide for who has signed in: PaddleFlow has to be asked.
  const mustAsk = sent || (word === 'look' && caller.startsWith('session:'));
  const asked = mustAsk || (word === 'no' ? false : either);
  const done = { answer, writes: sent ? [write] : [], asked };
  return hasDryRun(mutation) ? { dryRun: { answer, writes: [], asked: word === 'no' ? false : either }, done } : { done };
}

/** Of backends that have no accounts: there everybody sees what they have made themselves. */
const ofOthers = ['submitTask'];

test('the table has every mutation of the schema', () => {
  const all = [...rows.map(({ mutation }) => mutation), ...ofOthers];
  expect([...new Set(all)].toSorted()).toEqual(Object.keys(mutations).toSorted());
  expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(cases).toSorted());
});

test.each(rows)('$name is done for whom PaddleFlow lets, and refused to everybody else', async (row) => {
  const seen: Record<string, Outcomes> = {};
  const wanted: Record<string, Outcomes> = {};
  for (const [caller, word] of row.cells) {
    const { input, write, source } = (await cases[row.name]?.(world, (made += 1))) ?? { input: {} };
    const headers = caller === 'nobody' ? {} : await headersOf(world, caller, source);
    const dryRun = hasDryRun(row.mutation) && { dryRun: await outcome(row.mutation, { ...input, dryRun: true }, headers, source) };
    seen[caller] = { ...dryRun, done: await outcome(row.mutation, input, headers, source) };
    wanted[caller] = expected(row, caller, word, write);
  }
  expect(seen).toEqual(wanted);
});

test("a refused delete whose answer was lost does not take somebody else's run out of the lists", async () => {
  const run = { id: id('Run', world.control.insertRuns({ count: 1, owner: 'alice', name: 'stays' }).first) };
  const list = 'query ($ids: [ID!]) { runs(filter: {ids: $ids}) { nodes { name } } }';
  const listed = async () => (await world.query(list, { ids: [run.id] }, as('boss'))).data?.runs?.nodes;
  await eventually(async () => (await listed())?.[0]);
  const bobby = await headersOf(world, 'session:bobby');
  world.control.orderFault({ kind: 'cut', method: 'DELETE', path: '/run/', times: 1 });
  expect(await world.run('DeleteRun', { input: run }, bobby)).toMatchObject({ data: { deleteRun: { __typename: 'UnconfirmedProblem' } } });
  expect(await listed()).toEqual([{ name: 'stays' }]);
});

test('no refusal has been a bug', () => expect(world.errors.filter((error) => !(error instanceof UpstreamError))).toEqual([]));
