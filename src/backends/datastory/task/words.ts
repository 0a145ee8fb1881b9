import { UpstreamError } from '../../../upstream/errors.ts';

/** The platform gives no reason for an end that is none (contract 3). */
export const wordsOfFailure = (email: string): string =>
  `The platform gives no reason here. It writes to ${email} when a task goes wrong or is cancelled: see that mail.`;

export const wordsOfAbandoned =
  'It is not known whether the platform has taken it: the gateway that sent it ended before the answer came. It is never sent again; a mail of the platform, or its people, may tell.';

/** Why it is not known what became of a submission. */
export function wordsOfDoubt(error: unknown): string {
  const why =
    error instanceof UpstreamError && error.fault === 'garbage'
      ? 'its answer had no id'
      : error instanceof UpstreamError && error.fault === 'timeout'
        ? 'it did not answer in time'
        : 'its answer was lost';
  return `It is not known whether the platform has taken it: ${why}. It is never sent again; a mail of the platform, or its people, may tell.`;
}

/** Why its status cannot be read, after several tries. */
export const wordsOfMisses = (error: UpstreamError): string =>
  error.status === 404
    ? 'The platform says that it knows no such task. It is asked for again.'
    : 'The platform does not tell the status of this task. It is asked for again.';
