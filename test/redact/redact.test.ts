import { expect, test } from 'vitest';
import { keepSecret, redact } from '../../src/redact/redact.ts';
import { redactValue } from '../../src/redact/value.ts';
import { isPlaceholder, isTrivialHash, isTrivialKey } from '../../src/redact/trivial.ts';
import { createHash, randomBytes } from 'node:crypto';

/** Nothing else in these texts is so called. */
const hidden = 'Zq7Wm3Kx9Lp2';
const pem = `-----BEGIN RSA PRIVATE KEY-----\nMIIEow${hidden}IBAAKCAQEA\nqwer${hidden}tyui\n-----END RSA PRIVATE KEY-----`;
const jwt = `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(`{"sub":"${hidden}"}`).toString('base64url')}.c2ln${hidden}`;
const kubeconfig = `apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority-data: LS0t${hidden}\n    server: https://10.0.0.1:6443\nusers:\n- name: admin\n  user:\n    client-key-data: LS0t${hidden}\n    token: ${hidden}\n`;

const forms: Readonly<Record<string, string>> = {
  'a kubeconfig': kubeconfig,
  'a kubeconfig in one line of JSON': JSON.stringify({ credential: kubeconfig }),
  'a private key': pem,
  'a private key in JSON': JSON.stringify({ key: pem }),
  'a private key that was cut': pem.slice(0, 60),
  'a bearer token': `Authorization: Bearer ${hidden}.${hidden}`,
  'a JSON web token': `refused ${jwt} at once`,
  JSON: `{"user":"alice","password":"${hidden}"}`,
  'JSON in JSON': JSON.stringify(JSON.stringify({ password: hidden })),
  'a struct of Go': `{Name:alice Password:${hidden} Age:3}`,
  'a struct of Go with quotes': `Cluster{ID:"c-1", Credential:"${hidden}"}`,
  YAML: `user: alice\npassword: ${hidden}\n`,
  'a block of YAML': `credential: |\n  first ${hidden}\n  second ${hidden}\n`,
  'a query string': `GET /x?user=alice&access_key=${hidden}&secret=${hidden}`,
  'an environment': `DB_PASSWORD=${hidden} HOME=/root`,
  'a flag': `mysql --user alice --password ${hidden}`,
  'a flag with a sign': `mysql --password='${hidden}' -h db`,
  'a flag of one letter': `curl -u alice:${hidden}@db https://example.org`,
  'an address': `postgres://alice:${hidden}@db:5432/x`,
  'an address with a token alone': `https://${hidden}@git.example.org/x.git`,
  'an access key and its secret': `ak=${hidden} sk=${hidden}`,
  'the key of a storage': `{"accessKey":"${hidden}","secretKey":"${hidden}"}`,
  'the key of a CEPH store': `{"fileSystemType":"CEPH","host":"ceph.example","userName":"${hidden}","inputPath":"in#a"}`,
  'the key of a CEPH store, before its type': `{"userName" : "${hidden}", "fileSystemType" : "CEPH"}`,
  'the key of a CEPH store in JSON in JSON': JSON.stringify(JSON.stringify({ fileSystemType: 'CEPH', userName: hidden })),
  'the key of a CEPH store as Java prints it': `FileSystemInfo{fileSystemType=CEPH, userName=${hidden}, port=7480}`,
  'a key of AWS': `AKIA${'ABCDEFGHIJKLMNOP'} and aws_secret_access_key = ${hidden}`,
  'a cookie': `Cookie: session=${hidden}`,
  'base64 of JSON': `got ${Buffer.from(`{"password":"${hidden}"}`).toString('base64')} back`,
  'base64 of a kubeconfig': Buffer.from(kubeconfig).toString('base64'),
  'base64 in lines': (
    Buffer.from(kubeconfig)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\n'),
  'base64 of base64': Buffer.from(Buffer.from(`password=${hidden}`).toString('base64')).toString('base64'),
  'percent-encoded': `body=${encodeURIComponent(`{"password":"${hidden}"}`)}`,
  'escaped for HTML': `password=&quot;${hidden}&quot;`,
};

test.each(Object.entries(forms))('a secret is told in no form: %s', (_what, text) => {
  const told = redact(`prod said: ${text}`);
  expect(told).not.toContain(hidden);
  expect(told).not.toContain(hidden.slice(0, 9));
  for (const encoded of [hidden, `{"password":"${hidden}"}`, `password=${hidden}`].map((part) =>
    Buffer.from(part).toString('base64').slice(0, 12),
  ))
    expect(told).not.toContain(encoded);
});

test.each([
  'run-000012 failed: exit code 137 (OOMKilled) in step train/prepare',
  'pull image registry.example.org/team/train@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef: not found',
  'queue train has cpu: 20, mem: 20Gi; asked for cpu: 40',
  'line 12: mapping values are not allowed in this context',
  'FailedScheduling: 0/3 nodes are available: 3 Insufficient nvidia.com/gpu.',
  'user alice is not the owner of pipeline ppl-000003',
  'there is no password for this user', // prose
])('what holds no secret is told as it is: %s', (text) => {
  expect(redact(text)).toBe(text);
});

test('on HDFS the user is a user, and what stands beside a CEPH store stays', () => {
  const hdfs = '{"fileSystemType":"HDFS","userName":"analytics"}';
  expect(redact(hdfs)).toBe(hdfs);
  expect(redact(`[${hdfs},{"fileSystemType":"CEPH","userName":"${hidden}","host":"ceph.example"},${hdfs}]`)).toBe(
    `[${hdfs},{"fileSystemType":"CEPH","userName":"***","host":"ceph.example"},${hdfs}]`,
  );
  expect(
    redactValue({
      input: { fileSystemType: 'CEPH', userName: hidden, password: hidden },
      output: { fileSystemType: 'HDFS', userName: 'a' },
    }),
  ).toEqual({ input: { fileSystemType: 'CEPH', userName: '***', password: '***' }, output: { fileSystemType: 'HDFS', userName: 'a' } });
});

test('our own secrets are found exactly, in whatever they are wrapped', () => {
  const own = `k§${randomBytes(12).toString('base64')}"'`;
  keepSecret(own);
  const wrapped = [
    own,
    JSON.stringify(own),
    encodeURIComponent(own),
    Buffer.from(`x${own}y`).toString('base64'),
    Buffer.from(own).toString('hex'),
  ];
  for (const text of wrapped) expect(redact(`before ${text} after`)).not.toContain(text.length > 12 ? text.slice(3, -3) : text);
});

test.each([
  ['one long word', 'a'.repeat(1_000_000)],
  ['names without values', 'password='.repeat(110_000)],
  ['quotes that do not end', 'password="'.repeat(100_000)],
  ['backslashes', `password=${'\\'.repeat(1_000_000)}`],
  ['begins of keys', '-----BEGIN PRIVATE KEY-----'.repeat(40_000)],
  ['base64 of base64', Buffer.from('a'.repeat(700_000)).toString('base64')],
  ['at signs', 'a:b@'.repeat(250_000)],
  ['percents', '%41'.repeat(330_000)],
  ['blank lines', '\n \t'.repeat(330_000)],
])('a text of a megabyte is cut, and read in bounded work: %s', (_what, text) => {
  expect(redact(text).length).toBeLessThan(70_000);
});

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

test('hashes of words that anybody would try, keys that are not random and placeholders are known as such', () => {
  for (const word of [
    'test',
    'Test',
    'password',
    'changeme',
    'secret',
    'token',
    'admin',
    'example',
    '',
    'your-token',
    'test\n',
    'secret123',
  ])
    expect([word, isTrivialHash(hash(word))]).toEqual([word, true]);
  expect(isTrivialHash(hash(randomBytes(16).toString('hex')))).toBe(false);
  for (const key of [
    Buffer.alloc(32),
    Buffer.alloc(32, 7),
    Buffer.from(Array.from({ length: 32 }, (_, index) => index)),
    Buffer.from('0123456789abcdef'.repeat(2)),
  ])
    expect(isTrivialKey(key)).toBe(true);
  expect(Array.from({ length: 200 }, () => isTrivialKey(randomBytes(32)))).not.toContain(true);
  for (const text of ['<password>', '${PASSWORD}', 'changeme', 'your-password-here', '***'])
    expect([text, isPlaceholder(text)]).toEqual([text, true]);
  for (const text of ['paddleflow', 'hunter22', 'correct horse']) expect([text, isPlaceholder(text)]).toEqual([text, false]);
});
