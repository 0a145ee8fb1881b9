import { z } from 'zod';
import { ms } from '../../core/config-values.ts';
import { httpUrl, secret, sourceName, timeZone } from '../../source/config.ts';

/** A PaddleFlow server in the configuration. */
export const PaddleFlowSourceConfig = z.strictObject({
  name: sourceName,
  kind: z.literal('paddleflow').describe('PaddleFlow, the workflow engine'),
  url: httpUrl.describe('where the server is; the path of a proxy in front of `/api/paddleflow/v1` may follow'),
  username: z.string().min(1).describe('service account: `root`, else only the runs of this user are seen'),
  password: secret('the password of the account').describe('its password; best as `${NAME}`'),
  ca: z.string().optional().describe('PEM of an authority of your own, for the certificate of the server'),
  timeZone: timeZone.describe("IANA zone of the server's clock: its times carry none"),
  limits: z
    .strictObject({
      leader: z.int().min(1).max(16).default(3).describe('requests at a time for the mirror'),
      viewer: z
        .int()
        .min(1)
        .max(64)
        .default(3)
        .describe('requests at a time for what viewers ask, per gateway process; one viewer alone gets half of them, rounded up'),
      stranger: z.int().min(1).max(16).default(1).describe('sign-ins at a time, per gateway process'),
    })
    .prefault({}),
  budgets: z
    .strictObject({
      readMs: ms(10_000, 'whole time of a read, with waiting and retries'),
      slowReadMs: ms(20_000, 'the same for calls that PaddleFlow serves slowly, such as those that ask Kubernetes'),
      writeMs: ms(30_000, 'time of a write, which is never repeated'),
      slowWriteMs: ms(120_000, 'the same for writes that wait for storage, for clusters or for the scheduler of PaddleFlow'),
      lateWriteMs: ms(
        60_000,
        'how long after that the server may still carry out a write that it has heard: what was asked for with an idempotency key and has left no trace by then was not made, and may be sent again',
      ),
    })
    .prefault({}),
  failures: z
    .strictObject({
      retryMs: ms(200, 'longest pause before a read that has failed is tried again; it doubles with each further one'),
      maxRetryMs: ms(2_000, 'longest of these pauses'),
      restMs: ms(1_000, 'how long a server that has failed five times in a row is left alone; it doubles with each try after that'),
      maxRestMs: ms(5_000, 'longest of these rests: so soon a server is met again that was down for long'),
    })
    .prefault({}),
  poll: z
    .strictObject({
      intervalMs: ms(3_000, 'from the start of one cycle of the mirror to the start of the next; less gains nothing on a real server'),
      settleMs: ms(10_000, 'how long a final state must have stood before it is believed'),
      auditMs: ms(300, 'pause between two pages of the audit walk'),
      auditEveryMs: ms(21_600_000, 'pause between two audit walks'),
    })
    .prefault({}),
  logs: z
    .strictObject({
      intervalMs: ms(3_000, 'between two reads of a step that writes'),
      maxIntervalMs: ms(30_000, 'between two reads of a step that is quiet'),
      finalMs: ms(5_000, 'between the two reads to its end that end the log of an ended step'),
      silentMs: z
        .int()
        .positive()
        .optional()
        .describe(
          'how long an ended step must have shown no line at all before it is believed that it wrote none, if another log shows its lines then; default: 24 times `finalMs`',
        ),
      retention: z
        .strictObject({
          succeededMs: ms(
            600_000,
            "how long PaddleFlow keeps the pod of a step that has succeeded: as long a log that can't be read is tried again",
          ),
          failedMs: ms(3_600_000, 'the same for a step that has not'),
        })
        .prefault({}),
      maxLineBytes: z.int().min(1_024).max(1_048_576).default(65_536).describe('a longer line is cut, and says so'),
    })
    .prefault({}),
});
export type PaddleFlowSourceConfig = z.output<typeof PaddleFlowSourceConfig>;
