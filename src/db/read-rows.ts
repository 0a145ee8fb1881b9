import type { AnyColumn } from 'drizzle-orm';
import { types, type QueryConfig, type QueryResult } from 'pg';
import type { Database } from './database.ts';
import { timeOf } from './time-of.ts';

interface Query<Row> extends PromiseLike<Row[]> {
  toSQL(): { readonly sql: string; readonly params: unknown[] };
}

/** Times stay texts for the columns, which read them. Of arrays of times there are none. */
const timestamptz: number = types.builtins.TIMESTAMPTZ;
const readers = { getTypeParser: (type: number) => (type === timestamptz ? (text: string) => text : types.getTypeParser(type)) };

type Columns<Row> = { readonly [Name in keyof Row]: AnyColumn };

/**
 * What `await query` gives, for a selection of columns of one table: drizzle looks anew at each cell of each row for what it is, which takes more than
 * all else about pages of hundreds.
 */
export async function readRows<Row extends object>(db: Database, columns: Columns<Row>, query: Query<Row>): Promise<Row[]> {
  const { sql: text, params } = query.toSQL();
  return ask(db, columns, text, params);
}

/** The same for a statement that is always the same but for its values: its text, too, is made only once. */
export function createReader<Row extends object, Values extends readonly unknown[]>(
  columns: Columns<Row>,
  query: (db: Database) => Query<Row>,
): (db: Database, ...values: Values) => Promise<Row[]> {
  let text: string | undefined;
  return (db, ...values) => ask(db, columns, (text ??= query(db).toSQL().sql), [...values]);
}

async function ask<Row extends object>(db: Database, columns: Columns<Row>, text: string, values: unknown[]): Promise<Row[]> {
  const { $client: client } = db as unknown as { readonly $client: { query(config: QueryConfig): Promise<QueryResult<unknown[]>> } };
  const { rows } = await client.query({ text, values, rowMode: 'array', types: readers } as QueryConfig);
  const cells = Object.entries<AnyColumn>(columns).map(([name, column]) => ({
    name,
    read: (value: unknown) =>
      (typeof value === 'string' && column.columnType === 'PgTimestamp' && timeOf(value)) || column.mapFromDriverValue(value),
  }));
  return rows.map((row) => {
    const made: Record<string, unknown> = {};
    for (let index = 0; index < cells.length; index += 1) {
      const { name, read } = cells[index] as (typeof cells)[number]; // in range
      const value = row[index];
      made[name] = value === null ? null : read(value);
    }
    return made as Row; // the very columns that were asked for, in their order
  });
}
