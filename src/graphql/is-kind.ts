/** For `isTypeOf`: a model says what it is by its `kind`. A property that happens to be there may be there on another model tomorrow. */
export const isKind =
  (kind: string) =>
  (value: unknown): boolean =>
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
