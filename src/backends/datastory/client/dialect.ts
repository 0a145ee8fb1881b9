import { z } from 'zod';
import { ExactNumber } from '../../../core/exact-number.ts';
import type { ErrorDialect } from '../../../upstream/answer.ts';

/** The platform's errors are published nowhere: by HTTP status alone, with the text carried along where there is one (contract 3, 4.3). */
const Envelope = z.object({
  code: z.union([z.number(), z.instanceof(ExactNumber), z.string()]).optional(),
  message: z.string().optional(),
  msg: z.string().optional(),
});

export const dataStoryDialect: ErrorDialect = {
  parse(body) {
    const { data } = Envelope.safeParse(body ?? {});
    return data && { code: String(data.code ?? ''), message: data.message ?? data.msg ?? '', requestId: '' };
  },
  errors: () => undefined,
  retries: () => 2,
  countsAgainstSource: () => true,
};
