import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take much longer than their size tells, longest first. Vitest knows how long a file took only where it ran before: elsewhere it begins
 * with the largest, and one of these would run alone in the end.
 */
const long = [
  'run-log/siege',
  'graphiql/page',
  'start/start',
  'run/keys-siege',
  'run/keys',
  'mirror/absence',
  'mirror/history',
  'run-log/random-faults',
  'run-log/logs',
  'mirror/oddities',
  'session/end',
  'start/mistakes',
  'live/takeover',
  'live/busy',
  'live/streams',
  'fair/turns',
  'permission/permission',
  'db/embedded',
  'start/written-log',
  'table/paddleflow-table',
  'fair/unread',
  'contract/readme',
];

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = long.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
  return place === -1 ? long.length : place;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files); // eslint-disable-line unicorn/no-array-sort -- Vitest's, which copies
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}
