import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { watchLife } from '../../src/server/life.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** As much of a socket as is used, so that minutes pass in no time. */
function watchFake() {
  const ended: string[] = [];
  const pings: string[] = [];
  const socket = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
    ping: (data: string) => void pings.push(data),
    terminate: () => void ended.push('terminated'),
  });
  const life = watchLife(socket as unknown as WebSocket, { keepAliveMs: 12_000, stallMs: 60_000 });
  return {
    socket,
    ended,
    pings,
    send: (kilobytes: number) => Array.from({ length: kilobytes }, () => life.sending(1024)),
    /** The client has read up to its next ping. */
    answer: () => socket.emit('pong', Buffer.from(pings.shift() ?? '')),
    pass: (seconds: number) => void vi.advanceTimersByTime(seconds * 1000),
  };
}

test('a slow reader lives on two kilobytes a second, ten megabytes behind', () => {
  const { socket, ended, send, answer, pass, pings } = watchFake();
  send(10_240);
  expect(pings).toHaveLength(160);
  socket.bufferedAmount = 1024;
  for (let read = 0; read < 160; read++) {
    pass(32);
    answer();
  }
  expect(ended).toEqual([]);
});

test('a reader that takes nothing is ended after a minute, though it sends messages and unasked pongs', () => {
  const { socket, ended, send, answer, pass } = watchFake();
  send(100);
  answer();
  socket.bufferedAmount = 1000;
  for (let second = 0; second < 60; second += 5) {
    expect(ended).toEqual([]);
    socket.emit('message', '{"type":"ping"}');
    for (const guess of ['', '1', '999', 'I am here']) socket.emit('pong', Buffer.from(guess));
    pass(5);
  }
  pass(12);
  expect(ended).toEqual(['terminated']);
});

test('a quiet client lives by answering pings', () => {
  const { ended, answer, pass } = watchFake();
  for (let minute = 0; minute < 10; minute++) {
    pass(55);
    answer();
  }
  expect(ended).toEqual([]);
});

test('twenty seconds without an answer are no reason to end anybody, a minute is', () => {
  const { ended, answer, pass } = watchFake();
  pass(20);
  answer();
  pass(59);
  expect(ended).toEqual([]);
  pass(13);
  expect(ended).toEqual(['terminated']);
});

test('a closed socket is watched no longer', () => {
  const { socket, ended, pass } = watchFake();
  socket.emit('close');
  pass(600);
  expect([ended, vi.getTimerCount()]).toEqual([[], 0]);
});
