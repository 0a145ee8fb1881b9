import { LRUCache } from 'lru-cache';
import type { Walk, WalkPlace } from './walk-back.ts';

/** Of all walks together, in characters. Each holds 5,000 lines at the most, but lines may be long. */
const maxKept = 64 * 1024 * 1024;
/** With what it takes to recognise a line. */
const sizeOf = ({ bytes, lines }: Walk) => bytes + lines.length * 32 + 1;

/** Keeps walks whose next page could not be read. What there is no room for begins anew: the oldest one first. */
export function createWalkShelf(room = maxKept) {
  const kept = new LRUCache<string, Walk>({ maxSize: room, sizeCalculation: sizeOf });
  return {
    placeOf(key: string): WalkPlace {
      return {
        take() {
          const walk = kept.get(key);
          kept.delete(key);
          return walk;
        },
        keep: (walk) => void kept.set(key, walk),
      };
    },
    /** A log that is over needs no walk. */
    forget(of: string): void {
      for (const key of kept.keys()) if (key.startsWith(of)) kept.delete(key);
    },
  };
}
