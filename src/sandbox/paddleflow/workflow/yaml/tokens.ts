import type { Mark } from './cursor.ts';

export type TokenKind =
  | 'stream-end'
  | 'version'
  | 'tag-directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence'
  | 'block-mapping'
  | 'block-end'
  | 'flow-sequence'
  | 'flow-sequence-end'
  | 'flow-mapping'
  | 'flow-mapping-end'
  | 'entry'
  | 'comma'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  readonly kind: TokenKind;
  readonly mark: Mark;
  /** Of scalars, anchors, aliases; the suffix of a tag, the prefix of a tag directive; `1.1`. */
  readonly text: string;
  /** Of tags and their directives. */
  readonly handle?: string;
  /** Of a scalar: without quotes and bars. */
  readonly plain?: boolean;
}
