import { setTimeout as delay } from 'node:timers/promises';

/** The fake platform of the demo as a source. Its account and its keys are known to everybody. */
export const demoSource = (url: string, timeZone: string) => ({
  name: 'stories',
  kind: 'datastory',
  url,
  token: 'datastory-token',
  timeZone,
  algorithms: [
    { name: 'triple-cosmetics', submitPath: '/api/algorithm/triple/cosmetics/add' },
    { name: 'sentiment', submitPath: '/api/algorithm/sentiment/general/add', paramsMode: 'flat' },
  ],
  storage: [
    {
      name: 'lake',
      type: 'HDFS',
      host: 'nn1.hadoop.example',
      port: '9870',
      spareHost: 'nn2.hadoop.example',
      userName: 'analytics',
      paths: ['/data'],
    },
    { name: 'texts', type: 'CEPH', host: 'ceph.storage.example', port: '7480', userName: 'AK-of-the-demo', password: 'SK-of-the-demo' },
  ],
  email: { default: 'ops@acme.example', domains: ['acme.example'] },
});

/** By turns: most end well, some wait for ever, some go wrong or are cancelled, see the sandbox. */
const names = ['posts.txt', 'reviews', 'fail-upload.txt', 'comments.txt', 'cancel-posts.txt', 'answers', 'questions.txt'];
const atFirst = 7;

const submitTask = `mutation ($input: SubmitTaskInput!) { submitTask(input: $input) { __typename ... on Problem { message } } }`;

function inputOf(turn: number, idempotencyKey: string) {
  const name = turn === atFirst - 1 ? 'stuck-archive' : (names[turn % names.length] ?? 'posts.txt');
  const [algorithm, parameters] = turn % 3 === 2 ? ['sentiment', { depth: 2, language: 'zh' }] : ['triple-cosmetics', undefined];
  return {
    source: 'stories',
    algorithm,
    parameters,
    input: { profile: { name: 'lake', path: `/data/in/${name}` } },
    output: { profile: { name: 'texts', path: `nlp-out#${name.replace(/\.txt$/, '')}` } },
    idempotencyKey,
  };
}

/**
 * Submits tasks through the gateway at `url` as any client would, some at first and one now and then: the platform has no list, so what the gateway
 * does not submit it does not know. Keys are by the clock, so that a demo that is started again, or by several gateways, submits none twice.
 */
export async function submitDemoTasks(url: string, signal: AbortSignal, everyMs = 120_000): Promise<void> {
  const submit = async (turn: number, key: string) => {
    const body = JSON.stringify({ query: submitTask, variables: { input: inputOf(turn, key) } });
    // What does not work now is left out.
    await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal }).catch(() => {});
  };
  for (let turn = 0; turn < atFirst; turn += 1) await submit(turn, `demo ${turn}`);
  while (!signal.aborted) {
    await delay(everyMs, undefined, { signal }).catch(() => {});
    const slot = Math.floor(Date.now() / everyMs);
    if (!signal.aborted) await submit(slot % (atFirst - 1), `demo at ${slot}`);
  }
}
