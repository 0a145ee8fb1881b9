import { access, open, rm } from 'node:fs/promises';
import { aloneAt } from '../../src/process/folder-lock.ts';

// Asked with a path, it works alone there, and answers whether it was: its work fails when somebody else is in the middle of theirs.
process.on('message', async ({ path, at }: { path: string; at: number }) => {
  while (Date.now() < at); // all at the same moment
  const answer = await aloneAt(path, async () => {
    const mark = `${path}.inside`;
    await (await open(mark, 'wx')).close();
    for (let looks = 0; looks < 1000; looks += 1) await access(mark); // longer than others wait between two attempts
    await rm(mark);
  }).then(
    () => 'alone',
    (error: unknown) => String(error),
  );
  process.send?.(answer);
});
process.send?.('ready');
