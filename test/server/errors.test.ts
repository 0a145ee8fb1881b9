import { expect, test } from 'vitest';
import { openSocket } from '../support/socket.ts';
import { startToy } from './toy.ts';

// Each of ten thousand places fails by itself, in a document of a few hundred fields.
const names = (field: string, below = '') => Array.from({ length: 25 }, (_, n) => `a${n}: ${field} ${below}`).join(' ');
const query = `{ ...S } fragment S on Query { ${names('self', '{ ...T }')} } fragment T on Query { ${names('bug')} }`;

test.each(['http', 'ws'])(
  'over %s, an answer with hundreds of errors has the first ones and the number of the others, and so has the log',
  async (how) => {
    await using toy = await startToy({ limits: { aliases: 1_000 } });
    let errors: { message: string; extensions?: Record<string, unknown> }[];
    if (how === 'ws') {
      await using socket = await openSocket(toy.url);
      errors = (await socket.start({ query }).next()).errors as unknown as typeof errors; // from JSON
    } else {
      ({ errors } = (await (await toy.post({ query })).json()) as { errors: typeof errors });
    }
    expect(errors).toHaveLength(501);
    expect(errors.at(-1)).toEqual({ message: '125 further errors are left out', extensions: { code: 'ERRORS_LEFT_OUT' } });
    expect(toy.logged).toHaveLength(500);
  },
);
