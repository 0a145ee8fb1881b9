/**
 * An answer as a test looks into it. The shape is the query's, which the compiler does not know: any path may be followed, with `?.` as any
 * may be missing, and lists can be walked. What stands at the end of a path is for `expect`, or for `String`.
 */
export type JsonView = { readonly [key: string]: JsonView } & readonly JsonView[];
