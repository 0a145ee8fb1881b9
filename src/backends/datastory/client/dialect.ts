import { z } from 'zod';
import { ExactNumber } from '../../../core/exact-number.ts';
import type { ErrorDialect } from '../../../upstream/answer.ts';
import { dataStoryErrors } from '../errors.ts';

/** What many platforms of its kind say of an error, in whatever answer. That of this one is published nowhere (contract 3, 4.3, 7). */
const Words = z.object({
  code: z.union([z.number(), z.instanceof(ExactNumber), z.string()]).nullish(),
  message: z.string().nullish(),
  msg: z.string().nullish(),
});

export interface PlatformWords {
  readonly code: string;
  readonly message: string;
}

/** Undefined: an answer without any. */
export function wordsOf(body: unknown): PlatformWords | undefined {
  const { data } = Words.safeParse(body);
  if (data === undefined) return undefined;
  const words = { code: String(data.code ?? ''), message: maskEmails(data.message ?? data.msg ?? '') };
  return words.code === '' && words.message === '' ? undefined : words;
}

/** Somebody's personal data (contract 6), which a platform may well repeat. */
export const maskEmails = (text: string): string => text.replaceAll(/[^\s@"'`<>()[\]{},;:=]{1,64}(?:@|%40)(?=[\w-]{1,64}\.)/g, '…@');

/** An error is told by its HTTP status alone; a text is carried along where there is one (contract 4.3). So nothing is not the platform's own format. */
export const dataStoryDialect: ErrorDialect = {
  parse: (body) => ({ code: '', message: '', ...wordsOf(body), requestId: '' }),
  errors: dataStoryErrors,
  retries: () => 2,
  countsAgainstSource: () => true,
};
