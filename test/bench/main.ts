import { answers } from './answers.ts';
import { calls } from './calls.ts';
import { crowds } from './crowds.ts';
import { latency } from './latency.ts';
import { leaders } from './leaders.ts';
import { replays } from './replay.ts';
import { resume } from './resume.ts';
import { siege } from './siege/siege.ts';
import { stall } from './stall.ts';
import { strangers } from './strangers.ts';
import { report } from './world.ts';

const scenarios: Record<string, () => Promise<void>> = {
  latency,
  resume,
  stall,
  leaders,
  calls,
  crowds,
  strangers,
  answers,
  replay: replays,
  siege,
};

const asked = process.argv.slice(2);
for (const [name, run] of Object.entries(scenarios)) {
  // The siege takes minutes and has a verdict: it is only run by its name.
  if (asked.length > 0 ? !asked.includes(name) : name === 'siege') continue;
  report(`\n${name}`);
  await run();
}
