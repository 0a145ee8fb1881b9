import { readdir, readFile } from 'node:fs/promises';
import { generateDrizzleJson, generateMigration, type DrizzleSnapshotJSON } from 'drizzle-kit/api';
import { expect, test } from 'vitest';
import * as tables from '../../src/db/tables.ts';

const folder = new URL('../../drizzle/', import.meta.url);
const readJson = async (name: string): Promise<unknown> => JSON.parse(await readFile(new URL(`meta/${name}`, folder), 'utf8'));

test('the migrations lead to the tables of the code (else: npm run migration)', async () => {
  const { entries } = (await readJson('_journal.json')) as { entries: { idx: number; tag: string }[] }; // written by drizzle-kit
  const newest = `${String(entries.at(-1)?.idx).padStart(4, '0')}_snapshot.json`;
  const snapshot = (await readJson(newest)) as DrizzleSnapshotJSON; // likewise
  expect(await generateMigration(snapshot, generateDrizzleJson(tables, snapshot.id, undefined, 'snake_case'))).toEqual([]);
});

test('each migration of the journal is there, and no other', async () => {
  const { entries } = (await readJson('_journal.json')) as { entries: { tag: string }[] }; // written by drizzle-kit
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql'));
  expect(files.toSorted()).toEqual(entries.map(({ tag }) => `${tag}.sql`));
});
