import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { createDocumentCache } from '../../src/server/document-cache.ts';

test('the cache is bounded by the text of its queries, and the one not used for longest goes first', () => {
  const cache = createDocumentCache(30);
  const add = (query: string) => cache.set(query, parse(query));
  add('{ first }'); // 9 characters
  add('{ second }');
  add('{ third }');
  cache.get('{ first }');
  add('{ fourth }');
  expect(['{ first }', '{ second }', '{ third }', '{ fourth }'].map((query) => cache.get(query) !== undefined)).toEqual([
    true,
    false,
    true,
    true,
  ]);
  add(`{ x } # ${'longer than all that may be kept'}`);
  expect(cache.get('{ first }')).toBeUndefined();
});
