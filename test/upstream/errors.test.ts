import { expect, test } from 'vitest';
import { UpstreamError } from '../../src/upstream/errors.ts';

const details = {
  source: 'prod',
  operation: 'GET /thing/1',
  fault: 'unavailable',
  status: 500,
  code: '',
  upstreamMessage: 'record not found',
  requestId: 'id',
  outcomeUnknown: true,
  retryAfterMs: 7,
  sessionEnded: true,
} as const;

test('a failure that is told anew keeps what is not contradicted, its message included', () => {
  const error = new UpstreamError(details, 'answered 500');
  expect(error.restated({})).toEqual(error);
  expect(error.restated({}).message).toBe('prod: GET /thing/1 answered 500');
  const better = error.restated({ fault: 'rejected', code: 'NotThere', outcomeUnknown: false }, 'is not there');
  expect(better).toMatchObject({ ...details, fault: 'rejected', code: 'NotThere', outcomeUnknown: false });
  expect(better.message).toBe('prod: GET /thing/1 is not there');
});
