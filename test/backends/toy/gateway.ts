/** A gateway with one backend more, in a process of its own: types of the graph are for the whole process. */
import { backends } from '../../../src/backends.ts';
import { parseConfig } from '../../../src/config.ts';
import { startTributary } from '../../../src/tributary.ts';
import { toy } from './backend.ts';

const [databaseUrl = '', config = ''] = process.argv.slice(2);
const all = [...backends, toy];
const gateway = await startTributary({
  config: parseConfig(config, {}, 'the test', all),
  backends: all,
  databaseUrl,
  logError: (error) => console.error(error),
});
process.once('SIGTERM', () => void gateway.close());
process.stdout.write(`${gateway.url}\n`);
