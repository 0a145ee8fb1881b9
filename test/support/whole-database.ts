import { inspect } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { Client } from 'pg';
import type { Bench } from './bench.ts';

/** Everything that is kept, as text; what is packed is unpacked. */
export async function wholeDatabase({ database }: Pick<Bench, 'database'>): Promise<string> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public'",
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<Record<string, unknown>>(`select * from "${name}"`);
      texts.push(...rows.map((row) => Object.values(row).map(textOf).join()));
    }
    return texts.join('\n');
  } finally {
    await client.end();
  }
}

function textOf(value: unknown): string {
  if (!(value instanceof Uint8Array)) return inspect(value, { maxStringLength: null });
  const bytes = Buffer.from(value);
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
}
