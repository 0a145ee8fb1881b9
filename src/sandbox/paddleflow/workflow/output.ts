/**
 * What a command writes, as a function of the line's number: a loop of a hundred thousand lines costs no more memory than one.
 * Times are nanoseconds from the command's start, strictly increasing.
 */
export interface Output {
  readonly count: number;
  readonly duration: number;
  timeOf(index: number): number;
  text(index: number): string;
}

/** Of lines and of nanoseconds: far beyond what anybody reads or waits for, and a product of two is a number still. */
const MAX_AMOUNT = 1e30;
const bounded = (amount: number): number => Math.min(amount, MAX_AMOUNT);

/** Lines at equal distances, the first after one of them. */
export const evenly = (count: number, interval: number, text: (index: number) => string): Output => ({
  count,
  duration: count * interval,
  timeOf: (index) => (index + 1) * interval,
  text,
});

/** Time that passes without a word. */
export const silence = (duration: number): Output => ({ count: 0, duration, timeOf: () => duration, text: () => '' });

/** One after the other. */
export function inSequence(parts: readonly Output[]): Output {
  const starts: { readonly part: Output; readonly line: number; readonly time: number }[] = [];
  let count = 0;
  let duration = 0;
  for (const part of parts) {
    if (part.count > 0) starts.push({ part, line: count, time: duration });
    count += part.count;
    duration += part.duration;
  }
  const holding = (index: number) => {
    const found = starts[firstAfter(starts.length, (i) => (starts[i]?.line ?? 0) > index) - 1];
    if (found === undefined) throw new RangeError(`no line ${index} among ${count}`);
    return found;
  };
  return {
    count,
    duration,
    timeOf: (index) => {
      const { part, line, time } = holding(index);
      return time + part.timeOf(index - line);
    },
    text: (index) => {
      const { part, line } = holding(index);
      return part.text(index - line);
    },
  };
}

/** The same thing `times` over, in the same rhythm; `round(i)` makes the texts of the i-th round. */
export function repeated(times: number, round: (index: number) => Output): Output {
  const first = round(0);
  const size = first.count;
  let last = { index: 0, output: first }; // lines are read in order: the round before is nearly always the right one
  return {
    count: bounded(times * size),
    duration: bounded(times * first.duration),
    timeOf: (index) => Math.floor(index / size) * first.duration + first.timeOf(index % size),
    text: (line) => {
      const index = Math.floor(line / size);
      if (last.index !== index) last = { index, output: round(index) };
      return last.output.text(line % size);
    },
  };
}

/** The smallest index below `count` of which `after` is true, else `count`; `after` must be false, then true. */
export function firstAfter(count: number, after: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (after(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
