import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** What other programs make of texts, recorded by running them: `test/recorded/<name>.json`. */
export const recorded = <T>(name: string): readonly T[] =>
  (JSON.parse(readFileSync(at(`recorded/${name}.json`), 'utf8')) as { cases: T[] }).cases;

/** Inputs with a right answer that has been seen on a real server: `test/cases/<kind>`. */
export const casesOf = (kind: string): readonly (readonly [name: string, text: string])[] =>
  globSync(`${kind}/*`, { cwd: at('cases') })
    .toSorted()
    .map((file) => [file, readFileSync(at(`cases/${file}`), 'utf8')] as const);
