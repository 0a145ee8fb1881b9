import { z } from 'zod';
import { count, freeText, freeWord, listOf, pageOf, text, texts } from './parts.ts';

const WireJobFlavour = z.object({ name: text, cpu: text, mem: text, scalarResources: texts }).nullish().catch(null);

/** A pod. `logURL` is left out: it leads past every check. */
const WireJobRuntime = z.object({
  id: text,
  name: text,
  namespace: text,
  /** JSON in a string (2.15). */
  status: freeText,
  nodeName: text,
  role: text,
  index: count,
});
export type WireJobRuntime = z.output<typeof WireJobRuntime>;

/** `GET /job/{jobID}` (2.15): a step's job, or one that was made on its own. Step names are lower case in its id (2). */
export const WireJob = z
  .object({
    id: z.string().min(1),
    name: text,
    status: freeWord,
    message: freeText,
    schedulingPolicy: z.object({ queue: text, priority: text }).catch({ queue: '', priority: '' }),
    flavour: WireJobFlavour,
    image: text,
    env: texts,
    command: text,
    labels: texts,
    annotations: texts,
    framework: text,
    acceptTime: text,
    startTime: text,
    finishTime: text,
    runtime: WireJobRuntime.nullish().catch(null),
    distributedRuntime: z
      .object({ runtimes: listOf(WireJobRuntime) })
      .nullish()
      .catch(null),
  })
  .transform(({ runtime, distributedRuntime, ...job }) => ({
    ...job,
    /** One for a single job, several for a distributed one, none before it reaches the cluster. */
    runtimes: runtime ? [runtime] : (distributedRuntime?.runtimes ?? []),
  }));
/** `GET /job` (2.15), of which the ids are enough. */
export const WireJobIds = pageOf('jobList', z.object({ id: z.string().min(1) }));

export type WireJob = z.output<typeof WireJob>;
