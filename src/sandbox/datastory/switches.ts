import { OrderError } from '../kit/order-error.ts';

/** What the contract marks as unknown: which way the sandbox goes. The first word of each is how it starts. */
const words = {
  /** Where a submission's answer has the id (4.3): `{id}`, `{taskId}`, `{code, data}`, `{data: {id}}`, `{data: {taskId}}`, the bare number, or nowhere. */
  idShape: ['id', 'taskId', 'data', 'data-id', 'data-taskId', 'bare', 'none'],
  /** Whether the id of a submission's answer is a JSON number or a text of digits. */
  idType: ['number', 'text'],
  /** How a time looks that has not come yet (3): left out, null or "". */
  idleTimes: ['absent', 'null', 'empty'],
  /** How the status call tells errors: by HTTP status, or as 200 with `{code, message}` (3). */
  statusErrors: ['http', 'envelope'],
  /** The same of a submission. */
  submitErrors: ['http', 'envelope'],
  /** What an error has for a body: `{code, message}`, a text that is no JSON, or nothing (7). */
  errorBody: ['json', 'text', 'none'],
  /** What a bad token is answered with (7). */
  badToken: ['401', '403'],
  /** What the status call answers for an id that it does not know (7): `nulls` is a 200 whose keys are all null. */
  unknownTask: ['404', '400', 'nulls'],
  /** Whether the token that is configured still holds: how long one lives is not said (7). */
  token: ['valid', 'ended'],
  /** Whether the path of a key may hold a second `#` (2). */
  secondHash: ['allowed', 'refused'],
  /** Whether input and output may be on different kinds of file systems (2). */
  mixedKinds: ['allowed', 'refused'],
  /** Whether HDFS needs a SecondaryNameNode (2). */
  spareHost: ['optional', 'required'],
  /** What becomes of keys beside those of the example (4.2). */
  parameters: ['taken', 'refused'],
  /** Whether a 429 says when to come again (7). */
  retryAfter: ['absent', 'seconds'],
} as const;

type Words = typeof words;
export type Switches = { readonly [name in keyof Words]: Words[name][number] } & {
  /** The status word of a cancelled task (3): the platform's page names none. */
  readonly cancelWord: string;
  /** Calls within one minute of sandbox time, after which others are answered 429; 0: any number (7). */
  readonly callsPerMinute: number;
};

export const defaultSwitches: Switches = {
  ...(Object.fromEntries(Object.entries(words).map(([name, [first]]) => [name, first])) as { [name in keyof Words]: Words[name][0] }),
  cancelWord: 'ERROR',
  callsPerMinute: 0,
};

/** Throws an OrderError that names what there is. */
export function checkSwitches(wanted: Readonly<Record<string, unknown>>): Partial<Switches> {
  for (const [name, value] of Object.entries(wanted)) {
    if (!(name in defaultSwitches)) throw new OrderError(400, `no switch ${name}; there are ${Object.keys(defaultSwitches).join(', ')}`);
    if (name === 'cancelWord') {
      if (typeof value !== 'string' || value === '') throw new OrderError(400, 'cancelWord is a word');
    } else if (name === 'callsPerMinute') {
      if (!Number.isInteger(value) || Number(value) < 0) throw new OrderError(400, 'callsPerMinute is a whole number, 0 for no limit');
    } else {
      const known: readonly unknown[] = words[name as keyof Words]; // the two others are above
      if (!known.includes(value)) throw new OrderError(400, `${name} is one of ${known.join(', ')}`);
    }
  }
  return wanted as Partial<Switches>; // checked name by name
}

/** `idShape=none callsPerMinute=60`, as an environment has it. Throws an OrderError. */
export function parseSwitches(text: string): Partial<Switches> {
  const pairs = text.split(/[\s,]+/).filter((pair) => pair !== '');
  return checkSwitches(
    Object.fromEntries(
      pairs.map((pair) => {
        const [name = '', ...value] = pair.split('=');
        return [name, name === 'callsPerMinute' ? Number(value.join('=')) : value.join('=')];
      }),
    ),
  );
}
