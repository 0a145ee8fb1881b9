import { GraphQLError } from 'graphql';

const badId = (id: string) =>
  new GraphQLError(`Not an id of this graph: ${JSON.stringify(id.slice(0, 200))}`, { extensions: { code: 'BAD_USER_INPUT' } });

/** Opaque to clients: base64url of `Type:source:upstream id`. */
export const encodeGlobalId = (typename: string, key: string): string => Buffer.from(`${typename}:${key}`).toString('base64url');

/** Throws BAD_USER_INPUT on anything that `encodeGlobalId` cannot have made. */
export function decodeGlobalId(globalId: string): { typename: string; id: string } {
  const text = Buffer.from(globalId, 'base64url').toString();
  const colon = text.indexOf(':');
  const typename = text.slice(0, colon);
  const id = text.slice(colon + 1);
  const made = /^[A-Za-z]+$/.test(typename) && /^[^:]+:.+$/s.test(id) && encodeGlobalId(typename, id) === globalId.replace(/=+$/, '');
  if (!made) throw badId(globalId);
  return { typename, id };
}

/** Pothos' own error for an id of another type than an argument takes. It has no code, and its class says too little: our own mistakes have it too. */
export const isWrongTypeOfId = (error: GraphQLError): boolean =>
  error.name === 'PothosValidationError' && /^ID: \S+ is not of type: /.test(error.message);

/** The key behind an id that must be of one type. */
export function keyOfGlobalId(globalId: string, typename: string): string {
  const decoded = decodeGlobalId(globalId);
  if (decoded.typename !== typename) {
    const message = `An id of type ${typename} is needed here, not one of type ${decoded.typename}`;
    throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
  }
  return decoded.id;
}

/** The id of an object by its parts: for tests and for relations that are not objects yet. */
export const toGlobalId = (typename: string, source: string, id: string): string => encodeGlobalId(typename, `${source}:${id}`);
