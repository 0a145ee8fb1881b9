/** The value of `SourceKind` for a `kind` of the configuration: `two-words` is `TWO_WORDS`. */
export const kindName = (kind: string): string => kind.toUpperCase().replaceAll('-', '_');
