import { answers } from './answers.ts';
import { calls } from './calls.ts';
import { crowds } from './crowds.ts';
import { latency } from './latency.ts';
import { leaders } from './leaders.ts';
import { resume } from './resume.ts';
import { stall } from './stall.ts';
import { strangers } from './strangers.ts';
import { report } from './world.ts';

const scenarios: Record<string, () => Promise<void>> = { latency, resume, stall, leaders, calls, crowds, strangers, answers };

const asked = process.argv.slice(2);
for (const [name, run] of Object.entries(scenarios)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  report(`\n${name}`);
  await run();
}
