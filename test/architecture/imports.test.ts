import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../../src', import.meta.url));

interface Import {
  /** Below `src`. */
  readonly file: string;
  /** Below `src` as well, or the name of a package. */
  readonly target: string;
  /** Types only: gone when the code runs. */
  readonly type: boolean;
}

/** Import lines may hold line breaks; `export … from` counts. */
const pattern = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)';/gm;

function importsOf(file: string, text: string): Import[] {
  return Array.from(text.matchAll(pattern), ([, type, name = '']) => ({
    file,
    target: name.startsWith('.') ? join(dirname(file), name) : name,
    type: type !== undefined,
  }));
}

const files = globSync('**/*.ts', { cwd: src }).toSorted();
const imports = files.flatMap((file) => importsOf(file, readFileSync(join(src, file), 'utf8')));

const graphqlItself = /^(graphql|graphql-yoga|graphql-ws)$|^@pothos\/|^graphql\//;
const storage = /^(drizzle-orm|pg)(\/|$)|^db\//;
const io = /^(undici|pg|drizzle-orm|ws|node:(fs|net|http|https|child_process))(\/|$)/;

const neutral = /^(?!backends\/|sandbox\/)/;
/** Everything that knows what runs, sources and problems are. */
const concepts = 'backends|problem|execution|audit|source';

/** Which files may not import what. `types`: not even their types. */
const never: readonly { what: string; files: RegExp; target: RegExp; types: boolean }[] = [
  {
    what: 'upstream knows neither graph nor catalog',
    files: /^upstream\//,
    target: new RegExp(`^(${concepts}|db|live|server|auth)/|^context\\.ts$`),
    types: true,
  },
  {
    what: 'upstream speaks no GraphQL and no SQL, nor does a client of a backend',
    files: /^(upstream\/|backends\/[^/]+\/(client|wire)\/)/,
    target: new RegExp(`${graphqlItself.source}|${storage.source}`),
    types: true,
  },
  { what: 'models do no I/O', files: /\/model\.ts$/, target: new RegExp(`${io.source}|^(upstream|db|live)/`), types: false },
  {
    what: 'only schemas, and what loads for them, know the graph',
    files: new RegExp(`^(${concepts})/(?!.*(schema|load-[a-z]+)\\.ts$).*\\.ts$`),
    target: graphqlItself,
    types: true,
  },
  {
    what: 'schemas ask sources, not clients or tables',
    files: /schema\.ts$/,
    target: new RegExp(`${io.source}|^(upstream|db)/|^backends/[^/]+/client/`),
    types: true,
  },
  { what: 'the sandbox is written from the contract alone', files: /^sandbox\//, target: /^(?!node:|yaml$|sandbox\/)/, types: true },
  { what: 'nothing leans on the sandbox', files: /^(?!sandbox\/)/, target: /^sandbox\//, types: true },
  { what: 'db knows no concept', files: /^db\//, target: new RegExp(`^(${concepts}|live|upstream|graphql|server)/`), types: false },
  { what: 'live knows no concept', files: /^live\//, target: new RegExp(`^(${concepts}|upstream|graphql|server)/`), types: true },
  { what: 'the core knows nobody', files: /^core\//, target: /^(?!node:|core\/|\w+$)/, types: true },
  {
    what: 'the server knows no concept',
    files: /^(server|graphql|graphiql)\//,
    target: new RegExp(`^(${concepts}|upstream|db|live)/`),
    types: true,
  },
];

const offences = ({ files: of, target: to, types }: (typeof never)[number], all: readonly Import[]) =>
  all
    .filter(({ file, target, type }) => of.test(file) && to.test(target) && (types || !type))
    .map(({ file, target }) => `${file} imports ${target}`);

test.each(never)('$what', (rule) => {
  expect(imports.some(({ file }) => rule.files.test(file))).toBe(true);
  expect(offences(rule, imports)).toEqual([]);
});

/**
 * What belongs to no backend names none, so that another one is added without touching it. These have yet to lose a backend's name: the list only
 * gets shorter.
 */
const nameBackends: readonly string[] = [
  'backends.ts', // the registration
  'demo.ts', // its sources
];

test('neutral files name no backend', () => {
  const kinds = globSync('*', { cwd: join(src, 'backends') }).join('|');
  const naming = files.filter((file) => neutral.test(file) && new RegExp(kinds, 'i').test(readFileSync(join(src, file), 'utf8')));
  expect(naming).toEqual(nameBackends);
});

const folderOf = (path: string) => path.split('/')[0] ?? path;

test('no two folders need each other at run time', () => {
  const needs = Map.groupBy(
    imports.filter(({ file, target, type }) => !type && file.includes('/') && target.includes('/') && folderOf(file) !== folderOf(target)),
    ({ file }) => folderOf(file),
  );
  const reach = (from: string, seen = new Set<string>()): Set<string> => {
    for (const { target } of needs.get(from) ?? []) {
      const to = folderOf(target);
      if (!seen.has(to)) reach(to, seen.add(to));
    }
    return seen;
  };
  expect([...needs.keys()].filter((folder) => reach(folder).has(folder))).toEqual([]);
});

test('imports are found in every form in which they are written', () => {
  const text = `import type { A } from './a.ts';
import {
  b,
} from '../key.ts';
import './c.ts';
export * from 'zod';
const text = "import { d } from './d.ts';";
`;
  expect(importsOf('problem/x.ts', text)).toEqual([
    { file: 'problem/x.ts', target: 'problem/a.ts', type: true },
    { file: 'problem/x.ts', target: 'key.ts', type: false },
    { file: 'problem/x.ts', target: 'problem/c.ts', type: false },
    { file: 'problem/x.ts', target: 'zod', type: false },
  ]);
});
