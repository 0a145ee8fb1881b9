import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';
import { inflate } from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** Of Debian's package: for machines on which the one from npm does not run. */
const FALLBACK = '/usr/bin/chromium';

const FLAGS = [
  '--headless',
  '--no-sandbox', // tests may run as root, for whom there is no other way
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real Chromium from npm, which needs no system package: unpacked into the temporary folder once (some 200 MB), then reused. */
export async function launchBrowser(): Promise<Browser> {
  try {
    // A machine without fonts would show no text: the package brings one along.
    const fonts = existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: await inflate(join(PACKED, 'fonts.tar.br')) };
    return await chromium.launch({ executablePath: await unpack(), args: FLAGS, env: { ...process.env, ...fonts } });
  } catch (error) {
    if (!existsSync(FALLBACK)) throw error;
    return chromium.launch({ executablePath: FALLBACK, args: FLAGS });
  }
}

const PACKED = fileURLToPath(new URL('../bin', import.meta.resolve('@sparticuz/chromium')));

/** Not the package's own way, which lets a second process start what the first one is still writing. */
async function unpack(): Promise<string> {
  const packed = join(PACKED, 'chromium.br');
  const path = join(tmpdir(), `chromium-${(await stat(packed)).size}`); // its size tells one version from the next
  if (existsSync(path)) return path;
  const unfinished = `${path}.${randomUUID()}`;
  await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(unfinished, { mode: 0o755 }));
  await rename(unfinished, path);
  return path;
}
