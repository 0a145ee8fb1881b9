import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Lines of JSON in one file, each written before its command is answered, so that an end by `kill -9` loses nothing. */
export interface Journal<Entry> {
  /** Throws when it cannot be written: then the command must not be answered as done. */
  append(entry: Entry): void;
  /** Puts other entries in the place of all, in one step. */
  rewrite(entries: readonly Entry[]): void;
  read(): Entry[];
  close(): void;
}

/** Throws when a line other than the last one is damaged. The last one is dropped when the process died while writing it. `name`: `<system>.jsonl`. */
export function openJournal<Entry>(dataDir: string, name: string): Journal<Entry> {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, name);
  const read = () => parse<Entry>(path, existsSync(path) ? readFileSync(path) : Buffer.alloc(0));
  const { entries, soundBytes } = read();
  // Keys and addresses may be in here.
  let file = openSync(path, 'a', 0o600);
  ftruncateSync(file, soundBytes);
  let known: Entry[] | undefined = entries;
  const line = (entry: Entry): string => `${JSON.stringify(entry)}\n`;
  return {
    append(entry) {
      known = undefined;
      writeSync(file, line(entry));
    },
    rewrite(replacement) {
      const next = openSync(`${path}.new`, 'w', 0o600);
      writeSync(next, replacement.map(line).join(''));
      fsyncSync(next);
      closeSync(next);
      renameSync(`${path}.new`, path);
      closeSync(file);
      file = openSync(path, 'a', 0o600);
      known = undefined;
    },
    read: () => known ?? read().entries,
    close: () => closeSync(file),
  };
}

function parse<Entry>(path: string, bytes: Buffer): { entries: Entry[]; soundBytes: number } {
  const entries: Entry[] = [];
  let soundBytes = 0;
  for (let end = bytes.indexOf('\n'); end !== -1; end = bytes.indexOf('\n', soundBytes)) {
    try {
      entries.push(JSON.parse(bytes.toString('utf8', soundBytes, end)) as Entry); // nobody else writes this file
    } catch (error) {
      if (end === bytes.length - 1) break; // torn, and a block of the file's end came before its middle
      throw new Error(`line ${entries.length + 1} of ${path} is damaged: remove the file to start afresh`, { cause: error });
    }
    soundBytes = end + 1;
  }
  return { entries, soundBytes };
}
