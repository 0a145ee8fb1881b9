import { keyOf } from '../core/key.ts';

/** What happens on a source. */
export const eventStream = (source: string): string => `events:${source}`;
/** What a piece of work writes. */
export const logStream = (source: string, id: string): string => `log:${keyOf(source, id)}`;
