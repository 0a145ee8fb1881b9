import { Client } from 'pg';
import { followLog, pause, report, startWorld, type GatewayProcess } from './world.ts';

const command = 'for i in $(seq 1 100000); do echo line $i; sleep 0.05; done';

/** Two gateways on one database: the leader is killed, the next one stopped and woken. The followed log must be whole. */
export async function leaders(): Promise<void> {
  await using world = await startWorld({ source: 'logs: { intervalMs: 500, maxIntervalMs: 1000 }' });
  const gateways = [await world.startGateway(), await world.startGateway(), await world.startGateway()];
  const [observer] = gateways.slice(-1);
  if (observer === undefined) return;
  const client = new Client({ connectionString: world.databaseUrl });
  await client.connect();
  const lease = async () => {
    const { rows } = await client.query<{ holder: string; epoch: string; live: boolean }>(
      'select holder, epoch, expires_at > clock_timestamp() as live from lease',
    );
    return rows[0] ?? { holder: '', epoch: '0', live: false };
  };
  const leader = async (): Promise<GatewayProcess> => {
    for (;;) {
      const { holder, live } = await lease();
      const found = gateways.find(({ child }) => live && holder.split('/')[1] === String(child.pid));
      if (found) return found;
      await pause(20);
    }
  };
  const newLeader = async (old: GatewayProcess) => {
    const began = performance.now();
    while ((await leader()) === old) await pause(20);
    return performance.now() - began;
  };

  const first = await leader();
  const watcher = gateways.find((gateway) => gateway !== first) ?? observer;
  const { id, runId, jobId } = await world.startRun(watcher, command);
  const followers = await Promise.all(gateways.filter((gateway) => gateway !== first).map((gateway) => followLog(gateway, id)));
  await pause(3_000);
  first.child.kill('SIGKILL');
  report(`a killed leader was replaced within ${((await newLeader(first)) / 1000).toFixed(1)} s`);
  await pause(3_000);

  const second = await leader();
  second.child.kill('SIGSTOP');
  const stoppedEpoch = (await lease()).epoch;
  report(`a stopped leader was replaced within ${((await newLeader(second)) / 1000).toFixed(1)} s`);
  await pause(2_000);
  second.child.kill('SIGCONT');
  await pause(3_000);
  const { holder, epoch } = await lease();
  report(
    `the woken one (epoch ${stoppedEpoch}) leads no more: epoch ${epoch}, ${holder.split('/')[1] === String(second.child.pid) ? 'BUT IT LEADS' : 'led by another process'}`,
  );
  world.sandbox.control.finishJob(jobId, 'succeeded');
  await Promise.all(followers.map(({ done }) => done));
  const expected = world.sandbox.control.logOf(runId, jobId).trimEnd().split('\n');
  for (const { texts, gaps, socket } of followers) {
    const whole = texts.length === expected.length && texts.every((text, index) => text === expected[index]);
    report(
      `a follower through both changes got ${texts.length} of ${expected.length} lines, ${whole ? 'each once and in order' : 'NOT AS WRITTEN'}, gaps: ${gaps.join() || 'none'}`,
    );
    socket.socket.terminate();
  }
  await client.end();
}
