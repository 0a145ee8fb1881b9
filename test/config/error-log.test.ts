import { expect, test } from 'vitest';
import { errorForLog } from '../../src/error-log.ts';

test('the log gets what an error says, its code and its causes, and nothing else that a library hung on it', () => {
  const lost = Object.assign(new Error('terminated'), { code: '57P01', client: { password: 'geheim', secretKey: 4711 } });
  const failed = new Error('query failed', { cause: lost });
  const logged = errorForLog(failed);
  expect(logged).toMatchObject({ type: 'Error', message: 'query failed', cause: { message: 'terminated', code: '57P01' } });
  expect(JSON.stringify(logged)).not.toMatch(/geheim|4711/);
  expect(errorForLog({ password: 'geheim' })).toBe('a thrown object');
});
