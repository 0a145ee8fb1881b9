import type { Mark } from './characters.ts';

/** What a text says, from its begin to its end. */
export type Event = { readonly start: Mark } & (
  | { readonly type: 'document' | 'document end' | 'end' | 'stream end' }
  | { readonly type: 'alias'; readonly name: string }
  | { readonly type: 'map' | 'list'; readonly anchor: string | undefined }
  | { readonly type: 'scalar'; readonly anchor: string | undefined; readonly tag: string; readonly text: string; readonly plain: boolean }
);
