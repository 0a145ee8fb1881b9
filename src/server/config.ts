import { z } from 'zod';
import { ms } from '../core/config-values.ts';
import { createClientReader } from './client.ts';

const atMost = (fallback: number, description: string) => z.int().min(1).max(1_000_000).default(fallback).describe(description);
const bytes = (fallback: number, description: string) => z.int().min(65_536).default(fallback).describe(description);
const isProxy = (text: string): boolean => {
  try {
    createClientReader([text]);
    return true;
  } catch {
    return false;
  }
};

/** `server` in the configuration. */
export const ServerConfig = z.strictObject({
  host: z.string().min(1).default('127.0.0.1').describe('address to listen on'),
  port: z.int().min(0).max(65_535).default(4000).describe('0 takes a free one'),
  healthPort: z
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .describe(
      '`/healthz` and `/readyz` on a port of their own, answered by a thread that nothing holds up; 0 takes a free one. Best for liveness probes',
    ),
  origins: z.array(z.string()).default([]).describe('origins of web pages elsewhere that may use the gateway; `*` for all'),
  hosts: z.array(z.string()).default([]).describe('names under which a proxy on this machine passes requests to a loopback address'),
  proxies: z
    .array(z.string().refine(isProxy, 'is not an address, a network such as 10.0.0.0/8, or `loopback`, `linklocal`, `uniquelocal`'))
    .default([])
    .describe(
      'addresses and networks of the proxies in front, whose `X-Forwarded-For` tells where a client is; without them all clients behind a proxy seem to be in one place',
    ),
  introspection: z
    .enum(['viewers', 'everybody'])
    .default('viewers')
    .describe('who may see the schema, by introspection and in what messages suggest; `everybody` means strangers too'),
  idleMs: ms(
    75_000,
    'how long a connection stays open between two requests; longer than a balancer in front keeps it, which is mostly 60 seconds',
  ),
  strangers: z
    .strictObject({
      connections: atMost(
        1_000,
        'connections at a time on which nobody is known, HTTP and WebSocket; where it is more, those go that have waited longest',
      ),
      connectionsPerNetwork: atMost(200, 'the same, from one IPv4 address or one /64 of IPv6'),
      messageBytes: z
        .int()
        .min(1_024)
        .max(1_048_576)
        .default(8_192)
        .describe('of a body or message without a valid token, `connection_init` too'),
      requestMs: ms(10_000, 'for the headers of any request, and for a body without a valid token'),
      initMs: ms(3_000, 'from the opening of a WebSocket to its `connection_init`'),
      socketMs: ms(30_000, 'after which a WebSocket is closed on which no valid token has come'),
    })
    .prefault({}),
  limits: z
    .strictObject({
      connections: atMost(10_000, 'open connections, HTTP and WebSocket; further ones are closed at once'),
      halfSentBytes: z
        .int()
        .min(1_048_576)
        .max(10_737_418_240)
        .default(67_108_864)
        .describe('of requests whose bodies are on their way, all together; where it is more, those are given up that have taken longest'),
      halfSentBytesPerViewer: z
        .int()
        .min(1_048_576)
        .max(10_737_418_240)
        .default(16_777_216)
        .describe('the same, of one viewer; in an `open` gateway of everybody'),
      halfSentPerViewer: atMost(
        50,
        'requests of one viewer at a time whose bodies are on their way, in an `open` gateway of everybody; where it is more, that one is given up that has taken longest',
      ),
      halfSentPerNetwork: atMost(200, 'the same, of all viewers who come from one IPv4 address or one /64 of IPv6'),
      nodes: z
        .int()
        .min(1_000)
        .max(10_000_000)
        .default(50_000)
        .describe('objects that one answer may hold, page sizes multiplied; a line of a log counts as 10, a list without pages as 20'),
      operationsPerViewer: atMost(200, 'queries and mutations of one viewer at a time, per gateway process'),
      operations: atMost(2_000, 'the same, of all viewers together'),
      subscriptionsPerViewer: atMost(
        500,
        'subscriptions of one viewer at a time over all connections, per gateway process; in an `open` gateway of one connection',
      ),
      subscriptions: atMost(10_000, 'the same, of all viewers together'),
      unreadBytesPerViewer: bytes(
        8 * 1_048_576,
        'of events and log lines that wait for the subscriptions of one viewer to read them, per gateway process: the more subscriptions, the smaller the pages',
      ),
      unreadBytes: bytes(64 * 1_048_576, 'the same, of all viewers together'),
      strangersPerNetwork: atMost(
        20,
        'operations at a time of those who have not signed in and come from one IPv4 address or one /64 of IPv6, per gateway process',
      ),
      strangers: atMost(100, 'the same, of all who have not signed in'),
    })
    .prefault({}),
});
