import type { Mark } from './characters.ts';

/** What a text consists of, before it is understood. */
export type Token = { readonly start: Mark; readonly end: Mark } & (
  | { readonly type: 'stream start' | 'stream end' | 'document start' | 'document end' }
  | { readonly type: 'block sequence' | 'block mapping' | 'block end' | 'block entry' | 'key' | 'value' }
  | { readonly type: '[' | ']' | '{' | '}' | ',' }
  | { readonly type: 'version'; readonly major: number; readonly minor: number }
  | { readonly type: 'tag directive'; readonly handle: string; readonly prefix: string }
  | { readonly type: 'anchor' | 'alias'; readonly name: string }
  | { readonly type: 'tag'; readonly handle: string; readonly suffix: string }
  | { readonly type: 'scalar'; readonly text: string; readonly plain: boolean }
);
export type TokenType = Token['type'];
/** Those that are nothing but their type. */
export type BareType = Exclude<TokenType, 'version' | 'tag directive' | 'anchor' | 'alias' | 'tag' | 'scalar'>;
