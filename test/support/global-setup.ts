import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL server of this test run, with the right to create databases. */
    databaseUrl: string;
    /** The migrated database on it of which each test file gets a copy. */
    templateDatabase: string;
    /** How a copy is said to be made: file by file, where the server knows that way, costs less than half of its own one. */
    copying: string;
  }
}

/** One PostgreSQL per test run: the server of `TEST_DATABASE_URL`, or an embedded one that ends with the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await using resources = new AsyncDisposableStack();
  const { TEST_DATABASE_URL: given } = process.env;
  const databaseUrl = given || (await startServer(resources));
  const { template, version } = await createTemplate(databaseUrl, resources);
  project.provide('databaseUrl', databaseUrl);
  project.provide('templateDatabase', template);
  project.provide('copying', version < 150_000 ? '' : 'strategy file_copy');
  const kept = resources.move(); // only a failed setup disposes of them here
  return () => kept.disposeAsync();
}

async function startServer(resources: AsyncDisposableStack): Promise<string> {
  const { path: folder } = resources.use(await makeTemporaryFolder('tributary-test'));
  await chmod(folder, 0o711); // under root without user namespaces PostgreSQL has another uid, and must get in
  resources.defer(watchOver(folder));
  return resources.use(await startEmbeddedPostgres({ dataDir: folder, durable: false })).connectionString;
}

/**
 * The server is meant to outlive a killed gateway, and so would outlive a killed test run too. A shell waits for the end of
 * its input, which comes however this process ends, and then stops the server and removes its folder.
 */
function watchOver(folder: string): () => void {
  const script = `
    read -r _
    file="$1/cluster/postmaster.pid"
    if pid=$(head -n 1 "$file") && kill -QUIT "$pid"; then
      for _ in $(seq 100); do [ -e "$file" ] || break; sleep 0.1; done
    fi
    rm -rf "$1"`;
  const watch = spawn('/bin/sh', ['-c', script, 'sh', folder], { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  return () => void watch.kill();
}

/** Nobody can connect to it, not even the autovacuum: PostgreSQL refuses to copy a database in which somebody is. */
async function createTemplate(
  databaseUrl: string,
  resources: AsyncDisposableStack,
): Promise<{ readonly template: string; readonly version: number }> {
  const name = `tributary_template_${randomBytes(6).toString('hex')}`; // test runs may share a server
  const server = new Client({ connectionString: databaseUrl });
  await server.connect();
  resources.defer(() => server.end());
  await server.query(`create database ${name}`);
  resources.defer(async () => {
    await server.query(`alter database ${name} with is_template false`);
    await server.query(`drop database ${name} with (force)`);
  });
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  await migrate(url.href);
  await server.query(`alter database ${name} with is_template true allow_connections false`);
  const { rows } = await server.query<{ version: string }>(`select current_setting('server_version_num') as version`);
  return { template: name, version: Number(rows[0]?.version) };
}
