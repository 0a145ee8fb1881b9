import { UpstreamError } from '../../errors.ts';

/** Servers like to quote what they refuse. Where an error text repeats one of `secrets`, as it is or as it stands in JSON, that is taken out. */
export async function withholding<T>(secrets: readonly (string | undefined)[], work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.upstreamMessage === undefined) throw error;
    const known = secrets.filter((secret) => secret !== undefined && secret !== '') as string[]; // the filter sees to it
    const forms = known.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
    forms.sort((one, other) => other.length - one.length); // what holds another one goes first
    const upstreamMessage = forms.reduce((message, form) => message.replaceAll(form, '[withheld]'), error.upstreamMessage);
    throw error.restated({ upstreamMessage });
  }
}

/** A long text is quoted in parts: its lines and the words in them. Short ones (`name:`, `- user`) would only mangle the message. */
export const partsOf = (text: string): string[] => [text, ...text.split(/[\s"']+/).filter((part) => part.length >= 8)];
