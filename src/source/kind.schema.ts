import { builder } from '../graphql/builder.ts';
import type { Backend } from './backend.ts';
import { kindName } from './kind.ts';

type Kind = Pick<Backend, 'kind' | 'description'>;

const makeEnum = (backends: readonly Kind[]) =>
  builder.enumType('SourceKind', {
    description: 'What software a source runs.',
    values: Object.fromEntries(backends.map(({ kind, description }) => [kindName(kind), { description }])),
  });
let made: { readonly type: ReturnType<typeof makeEnum>; readonly backends: readonly Kind[] } | undefined;

/** Told before the graph is built, which is for all of the process: throws for other backends than the first time. */
export function nameKinds(backends: readonly Kind[]): void {
  made ??= { type: makeEnum(backends), backends };
  if (made.backends.length !== backends.length || backends.some(({ kind }) => !made?.backends.some((other) => other.kind === kind)))
    throw new Error('The graph of this process is of other backends');
}

/** For fields, which are made when the graph is built. */
export function sourceKind() {
  if (made === undefined) throw new Error('The graph is built before its backends are known');
  return made.type;
}
