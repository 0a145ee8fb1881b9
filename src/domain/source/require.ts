import type { Context } from '../../context.ts';
import { BadInputError } from '../problem.ts';

/** Throws BAD_USER_INPUT for a name that is not configured: a typo must not look like an empty list. */
export function requireSource({ sources }: Context, name: string): void {
  if (!sources.has(name)) throw new BadInputError(`There is no source ${JSON.stringify(name)}; there are: ${sources.names().join(', ')}`);
}
