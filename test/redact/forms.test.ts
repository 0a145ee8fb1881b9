import { expect, test } from 'vitest';
import { keepPublic } from '../../src/redact/known.ts';
import { keepSecret, mask, redact, redactKnown, repeats } from '../../src/redact/redact.ts';
import { bareForms, forms, harmless } from './forms.ts';

/** Long enough that half of it is no word of English. */
const hidden = 'Hq7zWn4kRt';
const known = `Vx9"q'K l+/é-very-own`;
keepSecret(known);
keepSecret('pin77');

/** Also what is left when somebody decodes what is left. */
function traces(clean: string, secret: string): string[] {
  const decoded = Array.from(clean.matchAll(/[A-Za-z0-9+/_-]{8,}/g)).flatMap(({ 0: run }) =>
    [0, 1, 2, 3].map((shift) => Buffer.from(run.slice(shift), 'base64').toString('utf8')),
  );
  const pieces = [secret, secret.slice(0, 8), secret.slice(-8)];
  return [clean, ...decoded].filter((text) => pieces.some((piece) => text.includes(piece)));
}

test.each(forms)('a secret is withheld, written as $what', ({ write }) => {
  const clean = redact(`create failed: ${write(hidden)}`);
  expect(traces(clean, hidden)).toEqual([]);
  expect(clean).toContain(mask);
});

test.each(bareForms)('a secret of ours is withheld, written $what', ({ write }) => {
  expect(traces(redact(write(known)), known)).toEqual([]);
  expect(redact(write(known))).toContain(mask);
  expect(repeats(write('An0ther-"q\'one'), ['An0ther-"q\'one'])).toBe(true);
  expect(repeats(write('An0ther-"q\'one'), ['An0ther-"q\'two'])).toBe(false);
});

test('a short one is a word of its own, and a public one is no secret', () => {
  keepPublic(['paddleflow']);
  keepSecret('paddleflow');
  keepSecret('x');
  expect(redactKnown('pin77 is not spin77s, x is /api/paddleflow')).toBe(`${mask} is not spin77s, x is /api/paddleflow`);
});

test.each(harmless)('%j stays as it is', (text) => {
  expect(redact(text)).toBe(text);
});

test('what stands around a secret stays, and cleaning it again changes nothing', () => {
  const clean = redact(`dial postgres://me:${hidden}@db.example.com/x failed: password=${hidden}&user=me`);
  expect(clean).toBe(`dial postgres://me:${mask}@db.example.com/x failed: password=${mask}&user=me`);
  expect(redact(clean)).toBe(clean);
});

test('a secret where a long text is cut goes as a whole', () => {
  for (let before = 65_500; before < 65_540; before += 1) {
    const clean = redact(`${'a '.repeat(before).slice(0, before)}${known}${' b'.repeat(19_000)}`);
    expect(clean.length).toBeLessThan(66_000);
    expect(/V?x9"/.exec(clean)).toBeNull();
  }
});

const million = 1_000_000;
const fill = (part: string) => part.repeat(million / part.length);
/** Each is what some expression could begin on at every place. A time that grows with the square of the length is minutes here. */
test.each(
  [
    '@',
    'a:b@',
    'a://',
    'a://b:c@',
    'password:',
    'password="',
    'password: |\n ',
    'password:\n ',
    'password[',
    '--',
    '-u ',
    'token ',
    'secret',

    'eyJ',
    `eyJ${'a'.repeat(9)}.`,
    'QUJD',
    'QUJDREVGR0hJSktM ',
    'QUJDREVGR0hJSktM\n',
    'cGFzc3dvcmQ9',
    '\\',
    '\\n',
    '\\"',
    '"',
    '\n',
    ' ',
    '%41',
    '%41 ',

    '\\u0041',
    '&#1',
    '&quot;',
    '-----BEGIN PRIVATE KEY',
    '-----END ',
    '-----BEGIN RSA PRIVATE KEY-----',
    '[1 2 ',
    '[',
    '1 ',
    'AKIA',
    'Bearer ',
    'K10',
    'fileSystemType=CEPH',
    'fileSystemType=CEPH userName=',
  ].map(fill),
)('a megabyte of %.12j… takes no longer than any other', (text) => {
  expect(redact(text).length).toBeLessThan(text.length);
});

test.each(['    ', '\u2028\r\n\t', ' \n \n', `a${' '.repeat(10)}`])(
  'a secret of blanks, %j, is looked for and the search ends',
  (secret) => {
    expect(repeats('name: ab', [secret])).toBe(false);
    expect(repeats('nothing of it', [secret])).toBe(false);
  },
);
