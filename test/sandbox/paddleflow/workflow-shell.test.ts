import { describe, expect, test } from 'vitest';
import { evaluateCondition } from '../../../src/sandbox/paddleflow/workflow/condition.ts';
import { ContainerLog } from '../../../src/sandbox/paddleflow/workflow/log.ts';
import { runCommand } from '../../../src/sandbox/paddleflow/workflow/shell.ts';
import { flow, start } from './workflow-bench.ts';

const env = { NAME: 'world', WORDS: 'a b', EMPTY: '' };
const linesOf = (command: string): string[] => {
  const { output } = runCommand(command, env);
  return Array.from({ length: output.count }, (_, index) => output.text(index));
};

describe('the shell', () => {
  test.each<[command: string, lines: string[], exitCode?: number]>([
    ['echo hello   "big  world"', ['hello big  world']],
    [`echo '$NAME' "$NAME" $NAME "\${NAME}s" "\\$NAME"`, ['$NAME world world worlds $NAME']],
    ['echo a; echo b\necho c # not this', ['a', 'b', 'c']],
    ['echo', ['']],
    ['echo -n a; echo b', ['ab']],
    ['echo -e "a\\nb\\tc"; echo "a\\nb"', ['a', 'b\tc', 'a\\nb']],
    ['echo -ne "a\\nb"', ['a', 'b']],
    ['echo $WORDS "$WORDS" $EMPTY "$EMPTY" ${NONE:-none}', ['a b a b  none']],
    ['true && echo yes || echo no', ['yes']],
    ['false && echo yes || echo no', ['no']],
    ['false || exit 4; echo never', [], 4],
    ['echo a; exit; echo b', ['a']],
    ['false; exit', [], 1],
    ['echo a; false', ['a'], 1],
    ['sh -c "echo \\"$NAME\\""', ['world']],
    ["bash -c 'echo a; exit 2'", ['a'], 2],
    ['bash -c echo plain', ['plain']],
    ['echo gone > /dev/null; echo more >> f; echo kept 2>&1; echo err >&2; echo x 2> f', ['kept', 'err', 'x']],
    ['for x in a "b c" $WORDS; do echo "<$x>"; done', ['<a>', '<b c>', '<a>', '<b>']],
    ['for i in $(seq 2 4); do echo $i; done; echo last $i', ['2', '3', '4', 'last 4']],
    ['for i in $(seq 1 2); do for j in x z; do echo $i$j; done; done', ['1x', '1z', '2x', '2z']],
    ['for i in 1 2 3; do echo $i; if_ $i 2>/dev/null >/dev/null; [ $i ] >/dev/null; exit 3; done', ['1'], 3],
    ['for i in $(seq 1 0); do echo $i; done', []],
    ['echo 2 > f; echo 1 2> f; echo\u00a0x \f y', ['1', 'x y']],
    ['seq 3', ['1', '2', '3']],
    ['seq 1 2 5', ['1', '3', '5']],
    ['printf "%s=%d\\n" a 1 b 2; printf "end"', ['a=1', 'b=2', 'end']],
    ['A=5 && export B="x y"; echo $A-$B', ['5-x y']],
    ['echo "$(echo inner) $(seq 1 2)"', ['inner 1', '2']],
    ['cd /tmp; mkdir -p x; [ -d x ] && echo in', ['in']],
    ['', []],
  ])('runs %j', (command, lines, exitCode = 0) => {
    expect(linesOf(command)).toEqual(lines);
    expect(runCommand(command, env).exitCode).toBe(exitCode);
  });

  test.each(['python train.py --epochs 3', 'cat a | sort', 'if true; then echo a; fi', 'echo "open', 'while true; do echo; done'])(
    'lets the unknown program %j tell of some progress for 5 to 15 seconds, always the same',
    (command) => {
      const { output, exitCode } = runCommand(command, env);
      expect(exitCode).toBe(0);
      expect(output.duration).toBeGreaterThanOrEqual(5e9);
      expect(output.duration).toBeLessThan(15.1e9);
      expect(output.count).toBeGreaterThanOrEqual(10);
      expect(linesOf(command)).toEqual(linesOf(command));
    },
  );

  test('takes the time that its sleeps take', () => {
    const { output } = runCommand('sleep 2; echo a; for i in 1 2 3; do sleep $i; echo $i; done; sleep 0.5m', env);
    expect(Array.from({ length: 4 }, (_, index) => Math.floor(output.timeOf(index) / 1e9))).toEqual([2, 3, 5, 8]);
    expect(Math.floor(output.duration / 1e9)).toBe(38);
  });

  test('gives up an endless walk through a loop that it cannot foresee', () => {
    expect(runCommand('for i in $(seq 1 1000000); do false; done', env).exitCode).toBe(137);
  });
});

describe('a log', () => {
  test('of a hundred million lines is read by index, at once', () => {
    const { output } = runCommand(
      'for i in $(seq 1 10000); do echo "epoch $i"; for j in $(seq 10000); do echo "step $i/$j"; done; done',
      env,
    );
    expect(output.count).toBe(100_010_000);
    expect([output.text(0), output.text(1), output.text(10_000), output.text(10_001)]).toEqual([
      'epoch 1',
      'step 1/1',
      'step 1/10000',
      'epoch 2',
    ]);
    expect(output.text(output.count - 1)).toBe('step 10000/10000');
    expect(output.timeOf(output.count - 1)).toBeGreaterThan(output.timeOf(output.count - 2));
  });

  test('grows with time, in strictly increasing nanoseconds', () => {
    const log = new ContainerLog(1_000, runCommand('for i in $(seq 1 5); do echo $i; sleep 1; done', env).output);
    expect([1_000, 1_001, 2_000, 2_001, 9_000].map((at) => log.count(at))).toEqual([0, 1, 1, 2, 5]);
    expect(log.line(0)).toEqual({ timeNs: 1_000_020_011n, text: '1' });
    expect(log.line(1)).toEqual({ timeNs: 2_000_040_022n, text: '2' });
  });

  test('takes lines from outside where it stands, however many', () => {
    const log = new ContainerLog(0, runCommand('for i in $(seq 1 3); do echo $i; sleep 1; done', env).output);
    log.write({ count: 2, text: (index) => `early ${index}` }, 0);
    log.write({ count: 5_000_000, text: (index) => `w${index}` }, 500);
    log.write({ count: 1, text: () => 'again' }, 500);
    expect(log.count(500)).toBe(2 + 1 + 5_000_001);
    const texts = [0, 1, 2, 3, 4, 5_000_002, 5_000_003, 5_000_004, 5_000_005].map((index) => log.line(index).text);
    expect(texts).toEqual(['early 0', 'early 1', '1', 'w0', 'w1', 'w4999999', 'again', '2', '3']);
    const times = [0, 1, 2, 3, 4, 5_000_002, 5_000_003, 5_000_004, 5_000_005].map((index) => log.line(index).timeNs);
    expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0n))).toBe(true);
    expect(log.count(10_000)).toBe(5_000_006);
    expect(() => log.line(5_000_006)).toThrow(RangeError);
  });

  test('pushes the command back where written lines would overtake it', () => {
    const log = new ContainerLog(0, runCommand('sleep 1; echo a; echo b', env).output);
    log.write({ count: 3_000_000, text: () => 'w' }, 999);
    const [last, next, end] = [2_999_999, 3_000_000, 3_000_001].map((index) => log.line(index).timeNs);
    expect([next, end]).toEqual([(last ?? 0n) + 1n, (last ?? 0n) + 1n + 20_011n]);
  });

  test('of a job ends with the job: complete after its own end, cut off before', () => {
    const run = start(flow('entry_points: {a: {command: "echo a; sleep 10; echo b"}, w: {command: "echo a; sleep 10; echo b"}}'));
    run.until(({ runtime }) => runtime['w']?.[0]?.status === 'running');
    run.job('w').write({ count: 1, text: () => 'written' }, run.now);
    run.job('w').finish('succeeded', run.now);
    run.job('w').write({ count: 1, text: () => 'too late' }, run.now);
    expect(run.job('w')).toMatchObject({
      taskID: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}_run-000001-w$/),
      queueName: 'default-queue',
    });
    run.end();
    expect([run.status, run.log('a'), run.log('w')]).toEqual(['succeeded', ['a', 'b'], ['a', 'written']]);
    expect((run.job('a').finishedAt() ?? 0) - (run.job('a').startedAt() ?? 0)).toBe(10_001);
  });

  test('is empty before the container starts', () => {
    const run = start(flow('entry_points: {a: {command: "echo a"}}')).to(400);
    const job = run.job('a');
    job.write({ count: 1, text: () => 'too early' }, 400);
    expect([job.status(), job.lineCount(400), job.startedAt()]).toEqual(['pending', 0, undefined]);
    expect(() => job.line(0)).toThrow(RangeError);
    run.end();
    expect(run.log('a')).toEqual(['a']);
  });
});

describe('a condition', () => {
  test.each([
    ['full == full', true],
    ['\'a-b\' == "a-b"', true],
    ['full != full', false],
    ['10 > 9', true],
    ['abc < abd', true],
    ['1 + 2 * 3 == 7 && (1 + 2) * 3 == 9', true],
    ['2 ** 3 % 5 == 3 || false', true],
    ['-1 < 0 && !false', true],
    ['7 - 2 - 1 == 4', true],
    ["a + 1 == 'a1'", true],
    ["'train-7' =~ '^train' && 'x' !~ 'y'", true],
    ['1 == one', false],
    ['true', true],
  ])('%s is %s', (text, value) => {
    expect(evaluateCondition(text)).toBe(value);
  });

  test.each(['', 'a', '1', 'a ==', '(true', 'true true', '1 < a', 'a && true', '!1', '3abc == 3', 'a - b == c', '== a', '#'])(
    '%j is broken',
    (text) => {
      expect(() => evaluateCondition(text)).toThrow(
        /^(condition|the result of condition|Unexpected|Unbalanced|Cannot transition|Value|Invalid token)/,
      );
    },
  );
});
