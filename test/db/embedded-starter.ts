import { startEmbeddedPostgres } from '../../src/db/embedded.ts';

// A gateway in small: starts the database in the given folder, says where it is, and closes it when its input ends.
const [dataDir = ''] = process.argv.slice(2);
const { connectionString, pid, close } = await startEmbeddedPostgres({ dataDir, durable: false });
process.stdout.write(`${JSON.stringify({ connectionString, pid })}\n`);
process.stdin.resume().once('end', close);
