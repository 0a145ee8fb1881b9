/** Does all of the work, so much at a time, whatever fails; then throws the first failure, if there was one. */
export async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  const waiting = items.values();
  async function worker(): Promise<void> {
    for (const item of waiting) await work(item).catch((error: unknown) => failures.push(error));
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
}
