import { evenly, type Output } from './output.ts';

const NS_PER_S = 1_000_000_000;

/**
 * A program that the sandbox does not know, such as `python train.py --epochs 3`: some lines of progress over 5 to 15 seconds.
 * The same text always gives the same lines.
 */
export function unknownProgram(source: string): Output {
  const title = source.replace(/\s+/g, ' ').trim().slice(0, 60);
  const seed = hashOf(source);
  const seconds = 5 + (seed % 11);
  const perSecond = 2 + ((seed >>> 4) % 3);
  const count = seconds * perSecond;
  return evenly(count, Math.floor(NS_PER_S / perSecond) + (seed % 1009), (index) => {
    if (index === 0) return `[${title}] started`;
    if (index === count - 1) return `[${title}] done`;
    const loss = (2.5 / (1 + (index * 6) / count) + (hashOf(`${seed} ${index}`) % 100) / 1000).toFixed(4);
    return `[${title}] step ${index}/${count - 2} loss=${loss}`;
  });
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}
