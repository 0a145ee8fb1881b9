import { firstAfter, type Output } from './output.ts';
import type { LogLine } from './types.ts';

const NS_PER_MS = 1_000_000;

/** Lines that are settled: their numbers and times will not change any more. */
interface Segment {
  readonly first: number;
  readonly count: number;
  /** Nanoseconds since the container's start. */
  timeOf(index: number): number;
  text(index: number): string;
}

/** A container's log: what its command writes in the course of time, and what is written into it from outside. */
export class ContainerLog {
  readonly #startedAt: number;
  readonly #output: Output;
  readonly #segments: Segment[] = [];
  /** Lines of the command that are in segments already, and how many it may reach at all. */
  #taken = 0;
  #reach: number;
  /** Later lines of the command move back by this, so that times keep increasing. */
  #shift = 0;
  #closed = false;

  constructor(startedAt: number, output: Output) {
    this.#startedAt = startedAt;
    this.#output = output;
    this.#reach = output.count;
  }

  count(at: number): number {
    return this.#settled() + this.#visible(at) - this.#taken;
  }

  line(index: number): LogLine {
    const place = firstAfter(this.#segments.length, (i) => (this.#segments[i]?.first ?? 0) > index) - 1;
    const segment = index < this.#settled() ? this.#segments[place] : undefined;
    const own = index - this.#settled() + this.#taken;
    if (index < 0 || (segment === undefined && own >= this.#reach)) throw new RangeError(`the log has no line ${index}`);
    if (segment !== undefined) return this.#stamped(segment.timeOf(index - segment.first), segment.text(index - segment.first));
    return this.#stamped(this.#output.timeOf(own) + this.#shift, this.#output.text(own));
  }

  /** The lines join after what stands there at this moment, a nanosecond apart. */
  write(lines: { count: number; text(index: number): string }, at: number): void {
    if (lines.count <= 0 || this.#closed) return;
    const visible = this.#visible(at);
    const [output, taken, shift] = [this.#output, this.#taken, this.#shift];
    this.#append(
      visible - taken,
      (index) => output.timeOf(taken + index) + shift,
      (index) => output.text(taken + index),
    );
    this.#taken = visible;
    const last = this.#segments.at(-1);
    const free = last === undefined ? 0 : last.timeOf(last.count - 1) + 1;
    const begin = Math.max((at - this.#startedAt) * NS_PER_MS, free);
    this.#append(
      lines.count,
      (index) => begin + index,
      (index) => lines.text(index),
    );
    if (visible < output.count) this.#shift += Math.max(0, begin + lines.count - (output.timeOf(visible) + shift));
  }

  /** Nothing more comes. A container that ended by itself keeps all its command wrote. */
  close(at: number, ended: 'by itself' | 'early'): void {
    if (this.#closed) return;
    if (ended === 'early') this.#reach = this.#visible(at);
    this.#closed = true;
  }

  #visible(at: number): number {
    if (this.#closed) return this.#reach;
    const now = (at - this.#startedAt) * NS_PER_MS;
    return Math.max(
      this.#taken,
      firstAfter(this.#reach, (index) => this.#output.timeOf(index) + this.#shift > now),
    );
  }

  #settled(): number {
    const last = this.#segments.at(-1);
    return last === undefined ? 0 : last.first + last.count;
  }

  #append(count: number, timeOf: (index: number) => number, text: (index: number) => string): void {
    if (count > 0) this.#segments.push({ first: this.#settled(), count, timeOf, text });
  }

  #stamped(offset: number, text: string): LogLine {
    return { timeNs: BigInt(this.#startedAt) * BigInt(NS_PER_MS) + BigInt(offset), text };
  }
}
