import { globSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { generateDrizzleJson, generateMigration, type DrizzleSnapshotJSON } from 'drizzle-kit/api';
import { expect, test } from 'vitest';
import { Client } from 'pg';
import { createTestDatabase } from '../support/database.ts';

const src = new URL('../../src/', import.meta.url);
const tableFiles = globSync(['db/tables.ts', 'backends/*/tables.ts'], { cwd: src });
const modules = await Promise.all(tableFiles.map((file) => import(new URL(file, src).href) as Promise<Record<string, unknown>>));
const tables: Record<string, unknown> = Object.assign({}, ...modules);
const folder = new URL('../../drizzle/', import.meta.url);
const readJson = async (name: string): Promise<unknown> => JSON.parse(await readFile(new URL(`meta/${name}`, folder), 'utf8'));

const current = (previous?: string) => generateDrizzleJson(tables, previous, undefined, 'snake_case');

test('the migrations lead to the tables of the code (else: npm run migration)', async () => {
  const { entries } = (await readJson('_journal.json')) as { entries: { idx: number; tag: string }[] }; // written by drizzle-kit
  const newest = `${String(entries.at(-1)?.idx).padStart(4, '0')}_snapshot.json`;
  const snapshot = (await readJson(newest)) as DrizzleSnapshotJSON; // likewise
  expect(await generateMigration(snapshot, current(snapshot.id))).toEqual([]);
});

test('each migration of the journal is there, and no other', async () => {
  const { entries } = (await readJson('_journal.json')) as { entries: { tag: string }[] }; // written by drizzle-kit
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql'));
  expect(files.toSorted()).toEqual(entries.map(({ tag }) => `${tag}.sql`));
});

/** Columns, indexes and constraints of a database. */
async function shapeOf(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ line: string }>(`
    select concat_ws(' ', table_name, column_name, data_type, udt_name, datetime_precision, is_nullable, column_default, is_identity) as line
    from information_schema.columns where table_schema = 'public'
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint
      where connamespace = 'public'::regnamespace and contype <> 'n'
    order by line`);
  await client.end();
  return rows.map(({ line }) => line);
}

test('a database that has been through all migrations is like one that is made of the tables of the code', async () => {
  await using migrated = await createTestDatabase();
  await using made = await createTestDatabase('template0');
  const client = new Client({ connectionString: made.url });
  await client.connect();
  const now = current();
  await client.query((await generateMigration({ ...now, tables: {} }, now)).join('\n'));
  await client.end();
  expect(await shapeOf(migrated.url)).toEqual(await shapeOf(made.url));
});
