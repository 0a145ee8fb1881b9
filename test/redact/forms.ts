/** Ways in which a secret is written, by a name for each. `hidden` is what may not be left of them. */
export interface Form {
  readonly what: string;
  readonly write: (secret: string) => string;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const folded = (text: string, newline: string) => text.replaceAll(/(.{24})/g, `$1${newline}`);
const kubeconfig = (secret: string) => `apiVersion: v1
kind: Config
clusters:
- cluster: {server: "https://10.0.0.1:6443"}
users:
- name: admin
  user:
    client-key-data: ${secret}
    token: ${secret}-b
`;
const pem = (secret: string, kind = 'RSA ') =>
  `-----BEGIN ${kind}PRIVATE KEY-----\nMIIEowIBAAKCAQEA${secret}\nq8${secret}\n-----END ${kind}PRIVATE KEY-----`;

const named: readonly Form[] = [
  { what: 'JSON', write: (secret) => `{"user":"a","password":"${secret}","n":1}` },
  { what: 'JSON in JSON', write: (secret) => JSON.stringify(`{"password":"${secret}"}`) },
  { what: 'JSON in JSON in JSON', write: (secret) => JSON.stringify(JSON.stringify(`{"passwd": "${secret}"}`)) },
  { what: 'JSON that was cut', write: (secret) => `{"accessKeySecret":"${secret}` },
  { what: 'single quotes', write: (secret) => `{'pwd': '${secret}', 'a': 'b'}` },
  { what: 'a struct of Go', write: (secret) => `&{Name:a Password:${secret} Port:3}` },
  { what: 'a struct of Go with types', write: (secret) => `main.Conf{Name:"a", SecretKey:"${secret}"}` },
  { what: 'a map of Go', write: (secret) => `map[access_key:${secret} region:x]` },
  { what: 'bytes as Go prints them', write: (secret) => `[${[...Buffer.from(`password=${secret}`)].join(' ')}]` },
  { what: 'YAML', write: (secret) => `a: b\n  token: ${secret}\nc: d` },
  { what: 'YAML with blanks in the value', write: (secret) => `a: b\n  password: ${secret} ${secret}\n` },
  { what: 'a block of YAML', write: (secret) => `password: |\n  ${secret}\n  ${secret}\nc: d` },
  { what: 'YAML with escaped line ends', write: (secret) => `a: b\\n  secret: ${secret}\\nc: d` },
  { what: 'a value on the next line', write: (secret) => `password:\n  ${secret}\nc: d` },
  { what: 'a query', write: (secret) => `GET /x?user=a&token=${secret}&b=c` },
  { what: 'an environment', write: (secret) => `A=b DB_PASSWORD=${secret} C=d` },
  { what: 'an environment in a shell', write: (secret) => `export API_KEY="${secret}"; run` },
  { what: 'a flag and its value', write: (secret) => `run --password ${secret} --verbose` },
  { what: 'a flag with a sign', write: (secret) => `run --db-token=${secret} x` },
  { what: 'a user and password of curl', write: (secret) => `curl -u me:${secret} http://x` },
  { what: 'XML', write: (secret) => `<a><secretKey>${secret}</secretKey></a>` },
  { what: 'brackets of a message', write: (secret) => `login failed, password[${secret}] of user[a]` },
  { what: 'quotes of a message', write: (secret) => `no such token "${secret}" here` },
  { what: 'an ini file', write: (secret) => `[db]\nuser = a\npassword = ${secret}\n` },
  { what: 'a header', write: (secret) => `x-pf-authorization: ${secret}\r\nhost: a` },
  { what: 'AK and SK', write: (secret) => `ak=x1, sk=${secret}` },
  { what: 'percent-encoded', write: (secret) => `q=${encodeURIComponent(`password=${secret}&a=b`)}` },
  { what: 'unicode escapes', write: (secret) => `\\u0070assword\\u003d${secret}` },
  { what: 'HTML', write: (secret) => `{&quot;password&quot;:&quot;${secret}&quot;}` },
  { what: 'base64', write: (secret) => `got ${base64(`password=${secret}`)} there` },
  { what: 'base64 of base64', write: (secret) => base64(base64(`token: ${secret}`)) },
  { what: 'base64 behind a path', write: (secret) => `/a/b/${base64(`{"password":"${secret}"}`)}` },
  { what: 'folded base64', write: (secret) => folded(base64(kubeconfig(secret)), '\n') },
  { what: 'base64 folded by escaped line ends', write: (secret) => folded(base64(kubeconfig(secret)), '\\n') },
];

const shaped: readonly Form[] = [
  { what: 'a kubeconfig', write: kubeconfig },
  { what: 'a kubeconfig in JSON', write: (secret) => JSON.stringify({ data: kubeconfig(secret) }) },
  {
    what: 'a cluster as K3S prints it',
    write: (secret) => `cluster[&{c-1 edge K3S {https://10.0.0.1 ${base64(kubeconfig(secret))} map[]}}] queue[q]`,
  },
  { what: 'a private key', write: (secret) => `x ${pem(secret)} y` },
  { what: 'a private key in JSON', write: (secret) => JSON.stringify({ data: pem(secret, 'EC ') }) },
  { what: 'a private key that was cut', write: (secret) => pem(secret, '').slice(0, -30) },
  { what: 'the end of a private key', write: (secret) => pem(secret).slice(40) },
  { what: 'a bearer token', write: (secret) => `sent Bearer ${secret} to x` },
  { what: 'a basic login', write: (secret) => `Authorization: Basic ${base64(`a:${secret}`)}` },
  { what: 'a JWT', write: (secret) => `x eyJhbGciOiJIUzI1NiJ9.${Buffer.from(secret).toString('base64url')}.c2ln${secret} y` },
  { what: 'a key id and its key', write: (secret) => `AKIAIOSFODNN7EXAMPLE ${secret}${secret}${secret}` },
  { what: 'user info of an address', write: (secret) => `dial https://me:${secret}@host:80/x: refused` },
  { what: 'user info with a slash and an @', write: (secret) => `postgres://me:${secret}@/${secret}@host/db` },
  { what: 'a token of an address', write: (secret) => `clone https://${secret}@git.example.com/x` },
  { what: 'a DSN', write: (secret) => `open root:${secret}@tcp(127.0.0.1:3306)/db` },
];

/** Told by what stands around them. */
export const forms: readonly Form[] = [...named, ...shaped];

/** For secrets that are known: nothing else tells of them. */
export const bareForms: readonly Form[] = [
  { what: 'as it is', write: (secret) => `x ${secret} y` },
  { what: 'in a word', write: (secret) => `x${secret}y` },
  { what: 'in JSON', write: (secret) => JSON.stringify([secret]) },
  { what: 'in JSON in JSON', write: (secret) => JSON.stringify(JSON.stringify([secret])) },
  { what: 'percent-encoded', write: (secret) => encodeURIComponent(secret) },
  {
    what: 'percent-encoded in full',
    write: (secret) =>
      `%${Buffer.from(secret)
        .toString('hex')
        .replaceAll(/(..)(?=.)/g, '$1%')}`,
  },
  { what: 'in base64', write: (secret) => base64(secret) },
  { what: 'in base64, behind one character', write: (secret) => base64(`:${secret}`) },
  { what: 'in base64, behind two characters', write: (secret) => base64(`a:${secret}:b`) },
  { what: 'in base64 for addresses', write: (secret) => Buffer.from(`ab>?${secret}`).toString('base64url') },
  {
    what: 'in base64 of bytes that are no text',
    write: (secret) => Buffer.concat([Buffer.from([1, 2, 255, 254, 0, 9]), Buffer.from(secret)]).toString('base64'),
  },
  { what: 'in base64 of base64', write: (secret) => base64(`x ${base64(`y ${secret}`)}`) },
  { what: 'in hexadecimal', write: (secret) => Buffer.from(secret).toString('hex') },
  { what: 'over two lines', write: (secret) => `${secret.slice(0, 7)}\n   ${secret.slice(7)}` },
  { what: 'over two lines with an escaped end', write: (secret) => `${secret.slice(0, 7)}\\n${secret.slice(7)}` },
  { what: 'in a shell', write: (secret) => `'${secret.replaceAll("'", String.raw`'\''`)}'` },
];

/** Texts of backends without secrets: they stay as they are. */
export const harmless: readonly string[] = [
  '',
  'resouceType[run] with ID[run-000012] not found',
  'user[alice] has no access to resource[cluster] with ID[edge]',
  'Field[properties] is invalid, key[secretKey] cannot be empty',
  'Token is invalid',
  'password must be 6 to 20 letters',
  'Bearer token needed',
  'get pipeline[ppl-000009] failed, err: record not found',
  'name[x] for [run] does not compile with regex rule[^[A-Za-z_][A-Za-z0-9_-]{0,127}$]',
  'Get "https://10.0.0.1:6443/api": dial tcp 10.0.0.1:6443: connect: connection refused',
  'Back-off pulling image "paddleflow/pause:1@sha256:0123abc"',
  'pod run-000012-main failed with exit code 137: OOMKilled, see https://wiki.example.com:8443/@team/oom',
  '5f1e0c52-1111-4222-8333-944455556666_run-000012-prep',
  'negative resources not permitted: map[cpu:-1 memory:1Gi]',
  '[2024-03-05 10:00:00.24] [INFO] run-000012 create run in db success',
];
