import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take much longer than their size tells, longest first. Vitest knows how long a file took only where it ran before: elsewhere it begins
 * with the largest, and one of these would run alone in the end. By their last names, which outlive their folders.
 */
const long = [
  'siege',
  'page',
  'start',
  'keys-siege',
  'keys',
  'history',
  'oddities',
  'absence',
  'logs',
  'random-faults',
  'end',
  'mistakes',
  'takeover',
  'busy',
  'streams',
  'turns',
  'permission',
  'embedded',
  'written-log',
  'upgrade',
  'paddleflow-table',
  'unread',
  'readme',
  'hostile-values',
  'failures',
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
