import type { Context } from '../../../context.ts';
import { builder } from '../../../graphql/builder.ts';
import { splitKey } from '../../../core/key.ts';
import { isFinal } from '../../../execution/state.ts';
import type { Kept } from '../../../core/kept-reads.ts';
import { BadInputError } from '../../../problem/problem.ts';
import { ordinalOf } from '../run/run-id.ts';
import { StepRef } from '../run/step.schema.ts';
import type { MetricName, Statistics } from './model.ts';
import type { MetricSeries, StatisticsSeries, TaskSeries } from './series.ts';

const costly = 'Asked for each step by itself and kept for 15 s, as it costs the backend eleven queries: select it for few steps.';

const StepStatistics = builder.objectRef<Kept<Statistics>>('StepStatistics').implement({
  description:
    'What a step uses at the moment. A number is null where the monitoring has none: no GPU, not begun, or ended some minutes ago.',
  fields: (t) => {
    const number = (name: MetricName, description: string) => t.float({ nullable: true, description, resolve: ({ value }) => value[name] });
    return {
      observedAt: t.expose('observedAt', { type: 'DateTime', description: 'When the backend was asked.' }),
      cpuPercent: number('cpuPercent', "Share of the CPU in use: the backend's `cpu_usage_rate`. Null when nothing is measured."),
      memoryPercent: number(
        'memoryPercent',
        "Share of the memory in use: the backend's `memory_usage_rate`. Null when nothing is measured.",
      ),
      memoryBytes: number('memoryBytes', "Memory in use: the backend's `memory_usage`. Null when nothing is measured."),
      diskBytes: number('diskBytes', "Disk space in use: the backend's `disk_usage`. Null when nothing is measured."),
      networkReceivedBytesPerSecond: number(
        'networkReceivedBytesPerSecond',
        'Received over the network: a rate, although the backend calls it `net_receive_bytes`. Null when nothing is measured.',
      ),
      networkSentBytesPerSecond: number(
        'networkSentBytesPerSecond',
        'Sent over the network: a rate, although the backend calls it `net_send_bytes`. Null when nothing is measured.',
      ),
      diskReadBytesPerSecond: number(
        'diskReadBytesPerSecond',
        "What is read from disk: the backend's `disk_read_rate`. Null when nothing is measured.",
      ),
      diskWrittenBytesPerSecond: number(
        'diskWrittenBytesPerSecond',
        "What is written to disk: the backend's `disk_write_rate`. Null when nothing is measured.",
      ),
      gpuPercent: number('gpuPercent', "How busy its GPUs are: the backend's `gpu_util`. Null for a step without any."),
      gpuMemoryPercent: number(
        'gpuMemoryPercent',
        'Share of the memory of its GPUs in use: `gpu_memory_util`. Null for a step without any.',
      ),
      gpuMemoryBytes: number('gpuMemoryBytes', 'Memory of its GPUs in use: `gpu_memory_usage`. Null for a step without any.'),
    };
  },
});

const MetricUnit = builder.enumType('MetricUnit', {
  description: 'What a number counts.',
  values: {
    PERCENT: { description: 'A share of what there is, mostly 0 to 100.' },
    BYTES: { description: 'An amount, such as memory in use.' },
    BYTES_PER_SECOND: { description: 'A rate, such as network traffic.' },
  },
} as const);

const MetricSeriesRef = builder.objectRef<MetricSeries>('MetricSeries').implement({
  description: 'A metric of a task over time.',
  fields: (t) => ({
    metric: t.exposeString('metric', {
      description: "The backend's own name, such as `cpu_usage_rate`. Metrics without any sample are absent.",
    }),
    unit: t.expose('unit', { type: MetricUnit, nullable: true, description: 'Null for a metric that the gateway does not know.' }),
    values: t.floatList({
      nullable: { list: false, items: true },
      description: 'Values from the moment `StatisticsSeries.startedAt` on, `stepSeconds` apart; null where there is no sample.',
      resolve: ({ values }) => [...values],
    }),
  }),
});
const TaskSeriesRef = builder.objectRef<TaskSeries>('TaskSeries').implement({
  description: 'The metrics of one task of a job; a step that is not distributed has one.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of its pod.' }),
    metrics: t.field({ type: [MetricSeriesRef], description: 'Metrics that have samples.', resolve: ({ metrics }) => [...metrics] }),
  }),
});
const StatisticsGap = builder.enumType('StatisticsGap', {
  description: 'Why there are no series although there may be samples.',
  values: {
    NOT_A_NUMBER: { description: 'A sample of the range is not a number, and the backend then gives none at all. Another range may do.' },
  },
} as const);

const StatisticsSeriesRef = builder.objectRef<Kept<StatisticsSeries>>('StatisticsSeries').implement({
  description: 'What a step has used over time, on a regular grid of moments.',
  fields: (t) => ({
    observedAt: t.expose('observedAt', { type: 'DateTime', description: 'When the backend was asked.' }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Moment of the first value of every series. Null when there is no sample.',
      resolve: ({ value }) => value.startedAt,
    }),
    stepSeconds: t.int({ description: 'From one value to the next.', resolve: ({ value }) => value.stepSeconds }),
    truncated: t.boolean({
      description: 'The range has more than 1000 moments: only its beginning is here. Ask with larger `stepSeconds`, or for less.',
      resolve: ({ value }) => value.truncated,
    }),
    tasks: t.field({
      type: [TaskSeriesRef],
      nullable: true,
      description: 'Empty when nothing was measured. Null when it cannot be told, see `gap`.',
      resolve: ({ value }) => value.tasks && [...value.tasks],
    }),
    gap: t.field({
      type: StatisticsGap,
      nullable: true,
      description: 'Why `tasks` is null. Null when it is not.',
      resolve: ({ value }) => value.gap,
    }),
  }),
});

/** Never before our own: what is asked for beyond the server's present has no samples, what is left out before it is missed. */
async function presentOf(source: string, runId: string, { paddleflow: { serverClock } }: Context): Promise<Date> {
  const aheadMs = await serverClock.aheadMs({ source, ordinal: ordinalOf(runId) ?? 0 });
  return new Date(Date.now() + Math.max(0, aheadMs ?? 0));
}

builder.objectFields(StepRef, (t) => ({
  statistics: t.field({
    type: StepStatistics,
    nullable: true,
    description: `What it uses at the moment. Null without a job; with an error STATISTICS_UNAVAILABLE where there is no monitoring. ${costly}`,
    resolve: async ({ runKey, jobId }, _args, context) =>
      jobId === '' ? null : ((await context.paddleflow.statistics(splitKey(runKey).source).ofJob(jobId)) ?? null),
  }),
  statisticsSeries: t.field({
    type: StatisticsSeriesRef,
    nullable: true,
    description: `What it has used over time. Null without a job; with an error STATISTICS_UNAVAILABLE where there is no monitoring. ${costly}`,
    args: {
      start: t.arg({
        type: 'DateTime',
        required: false,
        description: 'First moment, to the second. With `end`, or neither: the life of the job, until now if it has not ended.',
      }),
      end: t.arg({ type: 'DateTime', required: false, description: 'Last moment, to the second; not before `start`.' }),
      stepSeconds: t.arg.int({
        defaultValue: 60,
        description: 'Seconds from one value to the next, at least 1. A range has at most 1000 of them.',
      }),
    },
    resolve: async ({ runKey, jobId, state, startedAt }, { start, end, stepSeconds }, context) => {
      if (!start !== !end) throw new BadInputError('start and end go together');
      const range = start && end ? { start, end } : undefined;
      if (jobId === '') return null;
      const { source, id: runId } = splitKey(runKey);
      const since = range || isFinal(state) || startedAt === null ? undefined : new Date(startedAt);
      const goesOn = since && { since, now: await presentOf(source, runId, context) };
      return (await context.paddleflow.statistics(source).series(jobId, { range, stepSeconds, goesOn })) ?? null;
    },
  }),
}));
