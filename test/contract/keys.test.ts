import { getNamedType, isInputObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { idempotencyKey } from '../../src/execution/intent/key-field.ts';
import { createSchema } from '../../src/schema.ts';

/** What makes nothing on a backend. A sign-in makes a session of the gateway's own, whose token is shown once; who has lost it signs in again. */
const makesNothing = new Set([
  'signIn',
  'changePassword',
  'stopRun',
  'unblockRun',
  'stopQueue',
  'stopSchedule',
  'updateCluster',
  'updateFlavour',
  'updateQueue',
  'revokeQueue',
]);
/** Its platform shows no list, so its promise is another: what may have been submitted is never submitted again. */
const weaker = new Set(['submitTask']);
const makesSomething = /^(create|grant|retry|submit|upload)[A-Z]/;

test('every mutation is known to make something, or nothing; what makes something takes a key, by the same words', () => {
  const mistakes = Object.values(createSchema().getMutationType()?.getFields() ?? {}).flatMap(({ name, args }) => {
    const input = args.map(({ type }) => getNamedType(type)).find(isInputObjectType);
    const key = input?.getFields()['idempotencyKey'];
    if (makesNothing.has(name) || /^delete[A-Z]/.test(name)) return key === undefined ? [] : [`${name} makes nothing, and takes a key`];
    if (!makesSomething.test(name)) return [`${name} is neither known to make something nor to make nothing`];
    if (key === undefined) return [`${name} takes no key`];
    if (weaker.has(name)) return [];
    return key.description === idempotencyKey.description && String(key.type) === 'String' ? [] : [`${name} describes its key otherwise`];
  });
  expect(mistakes).toEqual([]);
});
