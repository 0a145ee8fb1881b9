import { cardsOf, deviceType } from '../state/metrics.ts';
import type { JobRow } from '../state/job-rows.ts';
import type { State } from '../state/state.ts';
import { createZone } from '../../kit/zone.ts';
import { podsOf } from '../state/usage.ts';
import type { Answer, Endpoint } from '../wire/call.ts';
import { ok, param } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
import { readBody } from '../wire/json.ts';

/** How long the jobs of queues have held cards (2.14), in seconds times cards. */
export const cardTime: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/statistics/cardTime/:queueName',
    handle(call, state) {
      const asked = (name: string) => call.query.get(name) ?? '';
      return answer([param(call, 'queueName')], asked('startTime'), asked('endTime'), state);
    },
  },
  {
    method: 'POST',
    path: '/statistics/cardTime',
    handle(call, state) {
      const shape = { startTime: 'string', endTime: 'string', queueNames: 'strings' } as const;
      const { startTime = '', endTime = '', queueNames = [] } = readBody(call.body, shape, 'unclassified');
      return answer(queueNames, startTime, endTime, state);
    },
  },
];

function answer(queueNames: readonly string[], startTime: string, endTime: string, state: State): Answer {
  const [from, to] = [readUtc(startTime), readUtc(endTime)];
  if (from > to) throw new ApiError('');
  // One for each that exists; whoever asks (1.4).
  const known = queueNames.filter((name) => state.queues.find((row) => row.name === name) !== undefined);
  const data = known.map((queueName) => {
    const detail = detailOf(queueName, from, to, state);
    const total = detail.reduce((sum, { totalCardTime }) => sum + totalCardTime, 0);
    return { queueName, cardTime: total, deviceType: total === 0 ? '' : deviceType, detail: detail.length === 0 ? null : detail };
  });
  return ok({ data: data.length === 0 ? null : data });
}

/** These alone are read as UTC, whatever the server's zone (4.7). */
function readUtc(text: string): number {
  const at = utc.parse(text);
  if (at === undefined) throw new ApiError(''); // nobody has written a message
  return at;
}

const utc = createZone('UTC');

function detailOf(queueName: string, from: number, to: number, state: State) {
  const jobs = state.jobs.rows.all().filter((row) => row.job.queueName === queueName && heldMs(row, from, to, state) > 0);
  return [...Map.groupBy(jobs, ({ owner }) => owner)].map(([userName, rows]) => {
    const jobInfoList = rows.map((row) => {
      const deviceCount = cardsOf(row) * podsOf(row);
      const cardSeconds = (heldMs(row, from, to, state) / 1000) * deviceCount;
      return { jobId: row.jobID, cardTime: cardSeconds, ...timesOf(row, state), deviceCount };
    });
    return {
      userName,
      jobInfoList,
      jobCount: jobInfoList.length,
      totalCardTime: jobInfoList.reduce((sum, job) => sum + job.cardTime, 0),
    };
  });
}

function heldMs({ job }: JobRow, from: number, to: number, { now }: State): number {
  const started = job.startedAt();
  return started === undefined ? 0 : Math.max(0, Math.min(job.finishedAt() ?? now, to) - Math.max(started, from));
}

const timesOf = ({ job }: JobRow, { zone }: State) => ({
  createTime: zone.local(job.createdAt),
  startTime: zone.local(job.startedAt()),
  finishTime: zone.local(job.finishedAt()),
});
