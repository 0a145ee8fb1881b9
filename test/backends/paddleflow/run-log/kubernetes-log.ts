/** A container's log as PaddleFlow serves it (contract 2.13): pages, positions and both ceilings. */
export class KubernetesLog {
  /** Everything ever written. */
  readonly written: string[] = [];
  /** What is still there begins with this line: older ones went with a rotation. */
  #first = 0;

  write(count: number, bytes: number): void {
    for (let index = 0; index < count; index += 1) {
      const number = this.written.length;
      const time = new Date(Date.UTC(2024, 2, 5) + number).toISOString().slice(0, -1);
      this.written.push(`${time}${String(number % 1_000_000).padStart(6, '0')}Z line ${number} ${'x'.repeat(bytes)}`);
    }
  }

  rotate(kept: number): void {
    this.#first = Math.max(this.#first, this.written.length - kept);
  }

  page({ position, pageNo, pageSize }: { position: 'begin' | 'end'; pageNo: number; pageSize: number }) {
    const all = this.written.slice(this.#first);
    const [readable, ceiling] = position === 'begin' ? headOf(all) : [all.slice(-5_000), all.length >= 5_000];
    const begin = position === 'begin' ? (pageNo - 1) * pageSize : Math.max(0, readable.length - pageNo * pageSize);
    const end = position === 'begin' ? begin + pageSize : readable.length - (pageNo - 1) * pageSize;
    const lines = end <= 0 ? [] : readable.slice(begin, end);
    if (lines.length === 0) return { content: '', hasNextPage: false, truncated: false };
    const hasNextPage = position === 'begin' ? end < readable.length : begin > 0;
    return { content: lines.map((line) => `${line}\n`).join(''), hasNextPage, truncated: !hasNextPage && ceiling };
  }
}

/** The first 500,000 bytes: the last line may be cut. */
function headOf(lines: readonly string[]): [string[], boolean] {
  const head: string[] = [];
  let bytes = 0;
  for (const line of lines) {
    if (bytes >= 500_000) break;
    head.push(line.slice(0, 500_000 - bytes)); // the model writes ASCII only
    bytes += line.length + 1;
  }
  return [head, bytes >= 500_000];
}
