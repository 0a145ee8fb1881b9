import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Bench } from './bench.ts';
import { startBench, stepYaml } from './bench.ts';

const job = { schedulingPolicy: { queue: 'default-queue' }, image: 'busybox:1.36', command: 'sleep 60' };

interface Listener extends AsyncDisposable {
  readonly socket: WebSocket;
  /** The next frame, in order of arrival. */
  next(): Promise<string>;
}

async function listen(bench: Bench, token = bench.root.token, clientID?: string): Promise<Listener> {
  const headers = { 'x-pf-authorization': token, ...(clientID === undefined ? {} : { 'x-pf-client-id': clientID }) };
  const socket = new WebSocket(`${bench.sandbox.url.replace('http', 'ws')}/api/paddleflow/v1/wsjob`, { headers });
  const frames: string[] = [];
  const waiting: ((text: string) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const take = waiting.shift();
    if (take === undefined) frames.push(data.toString());
    else take(data.toString());
  });
  await once(socket, 'open');
  return {
    socket,
    next: async () => frames.shift() ?? new Promise((resolve) => void waiting.push(resolve)),
    async [Symbol.asyncDispose]() {
      if (socket.readyState === WebSocket.CLOSED) return;
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

const stateIn = (text: string) => {
  const { id, status } = JSON.parse(text) as { id: string; status: string };
  return [id, status];
};

describe('GET /wsjob', () => {
  test('tells everybody of every changed job, whoever owns it, as the single read shows it', async () => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    await using hers = await listen(bench, alice.token);
    await bench.root.post('/job/single', { ...job, id: 'mine' });
    bench.control.advance(3000);
    expect(JSON.parse(await hers.next())).toEqual((await bench.root.get('/job/mine')).body);
    bench.control.advance(60_000);
    expect(stateIn(await hers.next())).toEqual(['mine', 'succeeded']);
    const runID = await bench.run(stepYaml(1));
    bench.control.advance(3000);
    expect(stateIn(await hers.next())).toEqual([expect.stringMatching(`^job-${runID}-main-`), 'succeeded']);
  });

  test('tells who comes first what has changed since the last one left', async () => {
    await using bench = await startBench();
    for (const id of ['one', 'two']) await bench.root.post('/job/single', { ...job, id });
    bench.control.advance(3_600_000);
    await using late = await listen(bench);
    expect([stateIn(await late.next()), stateIn(await late.next())]).toEqual([
      ['one', 'succeeded'],
      ['two', 'succeeded'],
    ]);
  });

  test('sends back what it is told, however long or cut, and answers pings', async () => {
    await using bench = await startBench();
    await using one = await listen(bench);
    for (const length of [1, 125, 126, 65_535, 65_536, 200_000]) {
      one.socket.send('ü'.repeat(length));
      expect(await one.next()).toBe('ü'.repeat(length));
    }
    one.socket.send('half', { fin: false });
    one.socket.send('half');
    expect(await one.next()).toBe('halfhalf');
    one.socket.ping('here?');
    expect(String(((await once(one.socket, 'pong')) as [Buffer])[0])).toBe('here?');
  });

  test('puts a second connection of the same client in the place of the first', async () => {
    await using bench = await startBench();
    await using first = await listen(bench, bench.root.token, 'me');
    await using second = await listen(bench, bench.root.token, 'me');
    await bench.root.post('/job/single', { ...job, id: 'mine' });
    bench.control.advance(3000);
    expect(stateIn(await second.next())).toEqual(['mine', 'running']);
    first.socket.send('still there');
    expect(await first.next()).toBe('still there'); // and nothing before it
  });

  test.each([
    ['', 400],
    ['a.b.c', 400],
  ])('with the token %j is refused before the upgrade', async (token, status) => {
    await using bench = await startBench();
    await expect(listen(bench, token)).rejects.toThrow(`Unexpected server response: ${status}`);
  });

  test('ends with the sandbox', async () => {
    const bench = await startBench();
    const one = await listen(bench);
    const closed = once(one.socket, 'close');
    await bench.sandbox.close();
    expect((await closed)[0]).toBe(1001);
  });
});
