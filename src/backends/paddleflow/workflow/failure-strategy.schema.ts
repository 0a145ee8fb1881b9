import { builder } from '../../../graphql/builder.ts';

export const FailureStrategy = builder.enumType('FailureStrategy', {
  description: 'What becomes of the rest when a step fails.',
  values: {
    FAIL_FAST: { value: 'fail_fast', description: 'Everything is stopped.' },
    CONTINUE: { value: 'continue', description: 'What does not depend on it goes on.' },
  },
} as const);
