import { readFile } from 'node:fs/promises';

export interface PageRow {
  /** The calls of PaddleFlow's SDK, as the first column names them. */
  readonly call: string;
  /** Of the graph: `createUser`, `User.runs`. */
  readonly fields: readonly string[];
  /** Names of documents in `schema/operations`. */
  readonly operations: readonly string[];
}

const page = await readFile(new URL('../../../../docs/paddleflow.md', import.meta.url), 'utf8');

/** The rows of the table in docs/paddleflow.md. */
export const pageRows: readonly PageRow[] = page
  .split('\n')
  .filter((line) => /^\|.*\]\(\.\.\/schema/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, call = '', , , graph = '', examples = '']) => ({
    call: call.replaceAll('`', ''),
    fields: Array.from(graph.matchAll(/`([\w.]+)`/g), ([, path = '']) => path),
    operations: Array.from(examples.matchAll(/\]\(\.\.\/schema\/operations\/(\w+)\.graphql\)/g), ([, name = '']) => name),
  }));

/** The documents that the page shows whole. */
export const shownOperations: readonly string[] = Array.from(page.matchAll(/^```graphql\n([^]*?)^```$/gm), ([, text = '']) => text);
