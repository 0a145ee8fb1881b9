import { type AnswerLimits, usualLimits } from '../../../upstream/answer-limits.ts';

const MiB = 1024 * 1024;

/** One thing, or the word that something was done. A kubeconfig in base64 is the largest that there is in these. */
const one: AnswerLimits = { ...usualLimits, bytes: 4 * MiB, values: 100_000 };

/** Up to 1000 rows (contract 3.1) of 16 KiB; or 100, with both a description and a message of 64 KiB (8.3). */
const page: AnswerLimits = { ...usualLimits, bytes: 16 * MiB, values: 500_000 };

/** What grows with the work itself. */
const larger: Readonly<Record<string, AnswerLimits>> = {
  // Steps with their environment, some kilobytes each: ten thousand, or loops of so many turns. A dag in a dag is three brackets deeper.
  getRun: usualLimits,
  // A page of 100 lines (2.13) for each container, lines of 16 KiB and more.
  runLog: usualLimits,
  // 1000 points of eleven metrics (2.14) for each of a hundred pods.
  jobStatisticsSeries: { ...usualLimits, values: 4_000_000 },
  // All nodes of all clusters.
  clusterUsages: usualLimits,
};

/** The names of calls that list something, and of those whose answer holds a list among others. */
const isPage = (call: string): boolean => call.startsWith('list') || ['getPipeline', 'getSchedule', 'getLink'].includes(call);

/** How large the answers of PaddleFlow's calls may be, with room to spare: a real one must never be refused. */
export const paddleFlowLimits = (call: string): AnswerLimits => larger[call] ?? (isPage(call) ? page : one);
