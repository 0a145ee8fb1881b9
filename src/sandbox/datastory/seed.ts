import type { Platform } from './platform.ts';

const hourMs = 3_600_000;
const historyTasks = 36;

/** By turns: most end well, some wait for ever, some go wrong or are cancelled. */
const inputs = [
  '/data/in/{day}/posts.txt',
  '/data/in/{day}/reviews',
  'nlp-in#{day}/comments.txt',
  '/data/in/{day}/fail-reviews.txt',
  '/data/in/{day}/questions.txt',
  'nlp-in#{day}/cancel-posts.txt',
  '/data/in/{day}/answers',
  '/data/in/{day}/fail-upload.txt',
];

/** What a team has submitted in the last three days: some forty tasks that ended in every way, one that waits for ever, three that go on. */
export function seedDemo(platform: Platform): void {
  const now = platform.clock.now();
  const submit = (turn: number, ago: number, toFinished: number) =>
    platform.submit({ ...demoTask(platform, turn, now - ago), submittedAt: now - ago, pace: { toRunning: 4_000, toFinished } });
  for (let turn = 0; turn < historyTasks; turn += 1) submit(turn, (historyTasks - turn) * 2 * hourMs, 60_000 + ((turn * 37) % 11) * 45_000);
  platform.submit({ ...demoTask(platform, 0, now), inputPath: '/data/in/stuck-archive', submittedAt: now - hourMs });
  for (const [turn, ago] of [50_000, 20_000, 1_000].entries()) submit(turn, ago, 120_000);
}

function demoTask(platform: Platform, turn: number, at: number) {
  const day = platform.zone.local(at).slice(0, 10);
  const inputPath = (inputs[turn % inputs.length] ?? '').replace('{day}', day);
  const [first = { name: '' }, second = first] = platform.algorithms;
  return {
    algorithm: (turn % 3 === 2 ? second : first).name,
    inputPath,
    outputPath: inputPath
      .replace('-in#', '-out#')
      .replace('/in/', '/out/')
      .replace(/\.txt$/, ''),
    mailAddress: turn % 2 === 0 ? 'ops@acme.example' : 'nlp@acme.example',
    demo: true,
  } as const;
}

export interface DemoLimits {
  /** How many of its own tasks the demo keeps. */
  readonly kept: number;
  /** After how many forgotten ones the journal is written anew without them. */
  readonly rewriteAfter: number;
}

const usual: DemoLimits = { kept: 180, rewriteAfter: 100 };

/** Submits a task now and then. Ends with the scope; the process may end without it. */
export function startDemoDriver(platform: Platform, everyMs: number): Disposable {
  const timer = setInterval(createDemoTurn(platform, usual), everyMs).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Each turn submits a task and forgets the oldest ones of the demo, so that neither memory nor journal grows without end. */
export function createDemoTurn(platform: Platform, { kept, rewriteAfter }: DemoLimits): () => void {
  let turn = 0;
  let forgotten = 0;
  return () => {
    turn += 1;
    const pace = { toRunning: 4_000, toFinished: 45_000 + ((turn * 37) % 11) * 15_000 };
    platform.submit({ ...demoTask(platform, turn, platform.clock.now()), pace });
    const own = platform.tasks().filter(({ demo }) => demo === true);
    for (const { id } of own.slice(0, Math.max(0, own.length - kept))) {
      platform.forget(id);
      forgotten += 1;
    }
    if (forgotten < rewriteAfter) return;
    platform.compactJournal();
    forgotten = 0;
  };
}
