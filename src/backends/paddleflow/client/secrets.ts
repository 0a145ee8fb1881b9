import { UpstreamError } from '../../../upstream/errors.ts';

/**
 * Servers like to quote what they refuse. An error text that holds one of `secrets`, as it is or encoded in any way, is withheld as a whole:
 * blanks in a text that is known would tell what stood there.
 */
export async function withholding<T>(secrets: readonly (string | undefined)[], work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.upstreamMessage === undefined) throw error;
    const given = secrets.filter((secret): secret is string => secret !== undefined && secret !== '');
    throw error.repeats(given) ? error.restated({ upstreamMessage: '(withheld: it repeats a secret)' }) : error;
  }
}

/** A long text is quoted in parts: its lines and the words in them. Short ones (`name:`, `- user`) are in every message. */
export const partsOf = (text: string): string[] => [text, ...text.split(/[\s"']+/).filter((part) => part.length >= 8)];
