import type { ErrorMap } from '../../upstream/errors.ts';

/**
 * What a refusal of the platform means. Its codes are published nowhere, so its HTTP status is all that is looked at (contract 3, 4.3); of what is
 * not here its own words are told.
 */
export const dataStoryErrors: ErrorMap = ({ status, operation }) => {
  const isStatus = operation.startsWith('GET ');
  switch (status) {
    case 404:
      if (isStatus) return { kind: 'missing', words: 'the platform knows no such task' };
      return { kind: 'rejected', words: 'the platform has no such call: the path of the algorithm in the configuration is not right' };
    case 405:
      return { kind: 'rejected', words: 'the platform has no such call: path or method in the configuration is not right' };
    case 413:
      return { kind: 'invalid', words: 'the platform does not take a request of that size' };
    default:
      return undefined;
  }
};
