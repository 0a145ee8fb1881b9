import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startToy } from './toy.ts';

let toy: Awaited<ReturnType<typeof startToy>>;
beforeAll(async () => {
  toy = await startToy();
});
afterAll(() => toy.gateway.close());

/** The working group's own list of what a server MUST, SHOULD and MAY do. */
const audits = serverAudits({ url: () => `${toy.url}/graphql` });

test.each(audits.map((audit) => [audit.name, audit] as const))('the GraphQL over HTTP audit holds: %s', async (_name, audit) => {
  expect(await audit.fn()).toEqual({ id: audit.id, name: audit.name, status: 'ok' });
});
