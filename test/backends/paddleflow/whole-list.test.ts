import { expect, test } from 'vitest';
import { resolveMarkerConnection } from '../../../src/graphql/pagination.ts';
import { leavingsOf } from '../../../src/backends/paddleflow/run/leavings.ts';
import { wholeList, wholePage } from '../../../src/backends/paddleflow/client/whole-list.ts';
import type { MarkerPage } from '../../../src/core/page.ts';

const full = Array.from({ length: wholePage }, (_, index) => index);
/** Answers one after another, whatever is asked for; the last one for ever. */
function answering(answers: readonly MarkerPage<number>[]) {
  const asked: (string | undefined)[] = [];
  const page = async ({ marker }: { marker?: string | undefined }) => {
    asked.push(marker);
    return answers[Math.min(asked.length, answers.length) - 1] ?? { items: [] };
  };
  return { asked, page };
}
const none = { items: [] };

test.each([1, 2])('a list that is empty %i times at its beginning is read again', async (times) => {
  const { page, asked } = answering([...Array.from({ length: times }, () => none), { items: [7] }]);
  expect(await wholeList({ source: 'prod', page })).toEqual([7]);
  expect(asked).toHaveLength(times + 1);
});

test.each([1, 2])('a list that ends in its midst %i times is read on', async (times) => {
  const { page, asked } = answering([
    { items: full, nextMarker: 'a' },
    ...Array.from({ length: times }, () => none),
    { items: [7], nextMarker: 'b' },
    none,
  ]);
  expect(await wholeList({ source: 'prod', page })).toEqual([...full, 7]);
  // What comes behind a page that was not full is how many lists end.
  expect(asked).toEqual([undefined, ...Array.from({ length: times + 1 }, () => 'a'), 'b']);
});

test('three empty answers are believed', async () => {
  const { page, asked } = answering([none]);
  expect(await wholeList({ source: 'prod', page })).toEqual([]);
  expect(asked).toHaveLength(3);
});

test('markers that lead in a circle end in an outage, not in nothing and not never', async () => {
  const markers = ['a', 'b', 'a'];
  const page = async () => ({ items: [1], nextMarker: markers.shift() ?? 'b' });
  await expect(wholeList({ source: 'prod', page })).rejects.toThrow('prod answered in a way that cannot be understood');
});

test('a list that has ever new pages ends in an outage, also one whose pages are empty', async () => {
  let pages = 0;
  const endless = async () => ({ items: [], nextMarker: `page ${(pages += 1)}` });
  await expect(wholeList({ source: 'prod', page: endless })).rejects.toThrow('prod answered in a way that cannot be understood');
  await expect(leavingsOf('prod', ['run-000001'], async () => ({ ...(await endless()), items: full }))).rejects.toThrow('prod answered');
  await expect(resolveMarkerConnection({ first: 2 }, endless, { source: 'prod', list: 'numbers', peek: false })).rejects.toMatchObject({
    extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'prod', fault: 'garbage' },
  });
  expect(pages).toBeLessThan(4_000);
});

test.each([1, 2])('a page of a connection behind a full one that is empty %i times is read again', async (times) => {
  const answers = [{ items: [1, 2], nextMarker: 'a' }, ...Array.from({ length: times }, () => none), { items: [3] }];
  const { page } = answering(answers);
  // The backend gives fewer than are asked for: two to a page.
  const two = async (at: { marker?: string | undefined; limit: number }) => page(at);
  const { edges } = await resolveMarkerConnection({ first: 2 }, two, { source: 'prod', list: 'numbers', peek: false });
  const [, last] = edges;
  const next = await resolveMarkerConnection({ first: 2, after: last?.cursor ?? null }, two, {
    source: 'prod',
    list: 'numbers',
    peek: false,
  });
  expect(next.edges.map(({ node }) => node)).toEqual([3]);
});
