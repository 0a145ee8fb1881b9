import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../../src', import.meta.url));
const files = globSync('**/*.{ts,js}', { cwd: src })
  .toSorted()
  .map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }));
const thatUse = (pattern: RegExp) => files.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

/** `JSON.parse` rounds numbers and `Response.json()` with it; whatever comes from outside is read by `parseJson`. These know what they read. */
const mayParse = {
  'backends/paddleflow/workflow/loop.ts': 'only asks for kinds, and a number that is too large is a mistake there, as it is to the server',
  'core/exact-json.ts': 'it is that reader',
  'db/embedded-binaries.ts': 'a list of links, from a package',
  'demo.ts': "the sandbox's address and process",
  'execution/announce.ts': 'states that it has written itself',
  'graphiql/examples.ts': 'variables that are written beside our own examples',
  'graphiql/page/account.js': 'the token of who signs in',
  'graphiql/page/exact.js': 'reads numbers with their source, where the browser gives it',
  'graphiql/page/live-examples.js': 'texts that the page has kept',
  'graphiql/page/settings.js': 'settings that we have written',
  'graphiql/page/variables.js': 'to compare with what has been rounded',
  'graphql/pagination.ts': 'cursors, whose parts are checked and whose numbers are ours',
};

test('only those read JSON without an eye to its numbers who know what is in it', () => {
  const bare = /\bJSON\.parse\b|\.json\(\)/;
  expect(thatUse(bare).filter((file) => !file.startsWith('sandbox/'))).toEqual(Object.keys(mayParse));
});

/** What is handed to `JSON.stringify` besides the value, wherever it is called. */
function* furtherArguments(text: string): Generator<string> {
  for (const { index, 0: call } of text.matchAll(/\bJSON\.stringify\(/g)) {
    const begin = index + call.length;
    let comma: number | undefined;
    for (let at = begin, depth = 1; depth > 0 && at < text.length; at += 1) {
      const char = text[at] ?? '';
      depth += '([{'.includes(char) ? 1 : ')]}'.includes(char) ? -1 : 0;
      if (char === ',' && depth === 1) comma ??= at;
      if (depth === 0 && comma !== undefined) yield text.slice(comma + 1, at).trim();
    }
  }
}

test('nobody comes between an exact number and the text that it writes', () => {
  // A function would get what the number has made of itself, and take that for an object.
  const handed = files.flatMap(({ file, text }) => [...furtherArguments(text)].map((more) => `${file}: ${more}`));
  expect(handed).toEqual(['graphiql/page/live-examples.js: null, 2']);
  expect([...furtherArguments('f(JSON.stringify([a, b(c, d)]), e);\nJSON.stringify(a,\n  (_key, value) => f(value),\n)')]).toEqual([
    '(_key, value) => f(value),',
  ]);
});
