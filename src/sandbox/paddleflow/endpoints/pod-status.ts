import type { JobRow } from '../state/job-rows.ts';

/** What Kubernetes says of the pod of a job, as the text that the server keeps of it (2.15). */
export function podStatus({ job }: JobRow): string {
  const running = job.status() === 'running' || job.status() === 'terminating';
  return JSON.stringify({
    phase: phaseOf(job.status()),
    conditions: [{ type: 'Ready', status: running ? 'True' : 'False', lastProbeTime: null, lastTransitionTime: null }],
    hostIP: '127.0.0.1',
    podIP: '127.0.0.1',
    startTime: rfc3339(job.createdAt),
    containerStatuses: [
      {
        name: job.taskID.slice(job.taskID.indexOf('_') + 1),
        state: containerState(job),
        lastState: {},
        ready: running,
        restartCount: 0,
        image: job.image,
        imageID: '',
      },
    ],
  });
}

function containerState(job: JobRow['job']) {
  const [startedAt, finishedAt] = [job.startedAt(), job.finishedAt()];
  if (startedAt === undefined) return { waiting: { reason: 'ContainerCreating' } };
  if (finishedAt === undefined) return { running: { startedAt: rfc3339(startedAt) } };
  const exitCode = job.exitCode() ?? 0;
  const reason = exitCode === 0 ? 'Completed' : 'Error';
  return { terminated: { exitCode, reason, startedAt: rfc3339(startedAt), finishedAt: rfc3339(finishedAt) } };
}

const rfc3339 = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

function phaseOf(status: string): string {
  if (status === 'succeeded') return 'Succeeded';
  if (status === 'pending') return 'Pending';
  return status === 'running' || status === 'terminating' ? 'Running' : 'Failed';
}
