import { destination, pino } from 'pino';
import { errorForLog } from './error-log.ts';
import { redact, redactKnown } from './redact/redact.ts';
import { redactValue } from './redact/value.ts';

/** The gateway's own log: one JSON object per line on stderr. Nothing gets into it that has not been cleaned. */
export interface Log {
  /** `text` tells what was being done; by default the line is called like the error. */
  error(error: unknown, about?: Record<string, unknown>, text?: string): void;
  info(text: string, about?: Record<string, unknown>): void;
  /** For whoever starts the gateway, who gets it as it is, line by line, and without our secrets. */
  plain(text: string): void;
}

export function createLog(): Log {
  const file = destination({ dest: 2, sync: true });
  // The last ring: whatever way a text has come, it has none of our secrets in it.
  const logger = pino(
    {
      // Its own serializer adds the messages of causes to that of the error.
      serializers: { err: (err: unknown) => err },
      hooks: { streamWrite: redactKnown },
    },
    file,
  );
  return {
    error(error, about, text) {
      const err = errorForLog(error);
      // Without a text of its own pino would take the message of `err` as it finds it.
      const said = text ?? (typeof err === 'string' ? err : err.message);
      logger.error({ ...cleaned(about), err }, '%s', redact(said));
    },
    info: (text, about) => logger.info(cleaned(about), '%s', redact(text)),
    plain: (text) => void process.stderr.write(`${redactKnown(text)}\n`),
  };
}

const cleaned = (about: Record<string, unknown> = {}): Record<string, unknown> => redactValue(about) as Record<string, unknown>; // an object stays one
