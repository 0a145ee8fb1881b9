import { z } from 'zod';
import { ms } from '../../core/config-values.ts';
import { httpUrl, secret, sourceName, timeZone } from '../../source/config.ts';
import { isEmail } from './task/email.ts';

const path = (description: string) =>
  z
    .string()
    .regex(/^\/[\x21-\x7e]*$/, 'must begin with / and hold no blanks')
    .refine((text) => !/[?#]|\/\.\.?(\/|$)/.test(text), 'must hold no query, fragment or dots')
    .describe(description);
/** Not one of those that the platform has already (contract 4.2). */
const key = z
  .string()
  .min(1)
  .refine((text) => !['inputFileSystemInfo', 'outputFileSystemInfo'].includes(text), 'is a key of the submission already');
const name = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must match [a-z][a-z0-9-]{0,31}');
const host = z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/, 'must be a bare host name or address');
const port = z.coerce
  .string()
  .refine((text) => /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535, 'must be a port')
  .describe('of the file system; on the wire it is a text');

/** An algorithm of the platform: each takes submissions on a path of its own, which its operator names (contract 4.1). */
const Algorithm = z.strictObject({
  name: name.describe('by which `submitTask` names it'),
  submitPath: path('whole path of its call, such as `/api/algorithm/triple/cosmetics/add`; never made from the name'),
  submitMethod: z.enum(['POST', 'PUT']).default('POST').describe('method of that call'),
  paramsMode: z
    .enum(['none', 'flat', 'nested'])
    .default('none')
    .describe('where parameters go: nowhere (they are refused), beside the other keys, or below `paramsKey`'),
  paramsKey: key.default('params').describe('for `nested`'),
  idPointers: z
    .array(z.string().regex(/^(\/[^/]*)*$/, 'must be a JSON pointer'))
    .min(1)
    .default(['/id', '/taskId', '/data/id', '/data/taskId', '/data', ''])
    .describe('JSON pointers to the id in the answer, tried in order; the empty one is the whole answer'),
});

const paths = z
  .array(z.string().min(1))
  .default([])
  .describe('folders, or `bucket#folder`, outside which callers may not name a path; none by default, which is anywhere');
const common = { name: name.describe('by which a location names it'), host: host.describe('of the file system'), port, paths };
/** A file system with its account, so that callers need none (contract 6). */
const StorageProfile = z.discriminatedUnion('type', [
  z.strictObject({
    ...common,
    type: z.literal('HDFS'),
    spareHost: host.optional().describe('the SecondaryNameNode'),
    userName: z.string().min(1).describe('owner of the files'),
  }),
  z.strictObject({
    ...common,
    type: z.literal('CEPH'),
    userName: secret('the access key of the bucket').describe('access key of the bucket; best as `${NAME}`'),
    password: secret('the secret key of the bucket').describe('secret key of the bucket; best as `${NAME}`'),
  }),
]);

/** A DataStory platform in the configuration. */
export const DataStorySourceConfig = z.strictObject({
  name: sourceName,
  kind: z.literal('datastory').describe('the platform for offline algorithm tasks'),
  url: httpUrl.default('https://open.datastory.com.cn').describe('where the platform is'),
  token: secret('the token that the platform has handed out')
    .regex(/^[\x21-\x7e]+$/, 'must be one word')
    .describe('handed out by the platform; best as `${NAME}`'),
  authHeader: z
    .string()
    .regex(/^[A-Za-z-]+$/, 'must be the name of a header')
    .default('Authorization')
    .describe('header that carries the token'),
  authPrefix: z.string().default('').describe('stands before the token; by default nothing does, not even `Bearer`'),
  statusPath: path('path of the status call').default('/api/algorithm/task/get'),
  emailKey: key.default('mailAddress').describe('key of the e-mail address in a submission'),
  timeZone: timeZone.default('Asia/Shanghai').describe("IANA zone of the platform's times, which carry none"),
  ca: z.string().optional().describe('PEM of an authority of your own, for the certificate of the platform'),
  algorithms: z.array(Algorithm).min(1).refine(haveOwnNames, 'must each have a name of its own').describe('what can be submitted'),
  storage: z.array(StorageProfile).default([]).refine(haveOwnNames, 'must each have a name of its own').describe('file systems by name'),
  hosts: z
    .array(z.string().regex(/^(\*\.)?[A-Za-z0-9.-]+(:[1-9]\d{0,4})?$/, 'must be a host name, or *. and a domain, with or without a port'))
    .default([])
    .describe(
      'hosts that callers may name in locations of their own, beside those of `storage`; none by default, as a submission makes the platform connect there',
    ),
  email: z
    .strictObject({
      default: z.string().refine(isEmail, 'is no e-mail address').optional().describe('used when a submission names none'),
      domains: z
        .array(z.string().regex(/^[^@\s]+$/, 'must be a domain, without @'))
        .default([])
        .describe('domains to which the platform may be made to write; empty: any'),
    })
    .prefault({}),
  limits: z
    .strictObject({
      leader: z.int().min(1).max(16).default(2).describe('status calls at a time'),
      viewer: z.int().min(1).max(64).default(3).describe('calls at a time for what viewers do, per gateway process'),
    })
    .prefault({}),
  budgets: z
    .strictObject({
      readMs: ms(10_000, 'whole time of a read, with waiting and retries'),
      writeMs: ms(30_000, 'time of a submission, which is never repeated'),
    })
    .prefault({}),
  poll: z
    .strictObject({
      intervalMs: ms(5_000, 'between the first status calls for a task'),
      maxIntervalMs: ms(60_000, 'between later ones: each pause is half as long again as the one before'),
      giveUpHours: z.number().positive().max(8_760).default(24).describe('after which a task that has not ended is asked for once an hour'),
    })
    .prefault({}),
});
export type DataStorySourceConfig = z.output<typeof DataStorySourceConfig>;
export type AlgorithmConfig = z.output<typeof Algorithm>;
export type StorageProfile = z.output<typeof StorageProfile>;

function haveOwnNames(things: readonly { readonly name: string }[]): boolean {
  return new Set(things.map(({ name: own }) => own)).size === things.length;
}
