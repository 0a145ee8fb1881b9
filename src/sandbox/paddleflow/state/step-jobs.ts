import type { Job } from '../workflow/types.ts';
import type { JobFlavour, JobMount, JobRow } from './job-rows.ts';
import type { RunRow } from './rows.ts';
import { addArtifacts } from './artifacts.ts';
import type { State } from './state.ts';

/**
 * Writes down what the steps of a run leave in other tables: their jobs, the artifacts they read when they begin and those they have made when
 * they succeed. To be called after each moment at which the run may have moved.
 */
export function noteJobs(run: RunRow, state: State): void {
  if (run.life.kind !== 'engine') return;
  const { execution, noted } = run.life;
  for (const job of execution.jobs().slice(noted.count)) {
    noted.count += 1;
    noted.open.add(state.jobs.add(stepJob(run, job, execution.plan.workflow.definition.mainFs.mountPath, state)));
    noteArtifacts(run, job, 'input', state);
  }
  for (const row of noted.open) {
    if (!noteStatus(row, state.now)) continue;
    if (row.status === 'succeeded') noteArtifacts(run, row.job, 'output', state);
    if (row.job.finishedAt() !== undefined) noted.open.delete(row);
  }
}

/** Whether the job has another status than last time. */
export function noteStatus(row: JobRow, now: number): boolean {
  const status = row.job.status();
  if (status === row.status) return false;
  row.status = status;
  row.updatedAt = now;
  return true;
}

function stepJob(run: RunRow, job: Job, mountPath: string, state: State): JobRow {
  const { PF_JOB_FLAVOUR = '', PF_JOB_LIMIT_FLAVOUR = '', PF_JOB_PRIORITY = '' } = job.env;
  const extraFS = job.extraFs.map((mount) => mountOf(state, run.fsUser, mount));
  return {
    number: state.jobs.rows.takeNumber(),
    jobID: job.jobID,
    askedID: job.jobID,
    owner: run.fsUser,
    runID: run.runID,
    job,
    status: job.status(),
    updatedAt: state.now,
    kind: 'single',
    name: `${run.runID}-${job.stepName}`,
    labels: null,
    annotations: null,
    priority: PF_JOB_PRIORITY.toUpperCase() || 'NORMAL',
    flavour: flavourOf(PF_JOB_FLAVOUR, state) ?? smallest,
    limitFlavour: flavourOf(PF_JOB_LIMIT_FLAVOUR, state) ?? noFlavour,
    fs: run.fsName === '' ? noMount : mountOf(state, run.fsUser, { name: run.fsName, mountPath }),
    extraFS: extraFS.length === 0 ? null : extraFS,
    args: null,
    port: 0,
    extensionTemplate: null,
    framework: 'standalone',
    members: null,
  };
}

/** What a job without any flavour gets (2.4). */
export const smallest: JobFlavour = { cpu: '1', mem: '1Gi', name: '' };
export const noFlavour: JobFlavour = { cpu: '', mem: '', name: '' };
export const noMount: JobMount = { name: '', type: '', id: '', mountPath: '' };

export function flavourOf(name: string, state: State): JobFlavour | undefined {
  const found = state.flavours.find((row) => row.name === name);
  if (found === undefined) return undefined;
  const { cpu, mem, scalarResources } = found;
  return { cpu, mem, name, ...(Object.keys(scalarResources).length === 0 ? {} : { scalarResources }) };
}

interface Mount {
  readonly name: string;
  readonly mountPath?: string | undefined;
  readonly subPath?: string | undefined;
  readonly readOnly?: boolean | undefined;
}

/** A file system as a job mounts it, by default where every job does (7.10). */
export function mountOf(state: State, owner: string, { name, mountPath, subPath, readOnly }: Mount): JobMount {
  const id = `fs-${owner}-${name}`;
  return {
    name,
    type: state.fileSystems.find((row) => row.id === id)?.type ?? '',
    id,
    mountPath: mountPath || `/home/paddleflow/storage/mnt/${id}`,
    ...(subPath ? { subPath } : {}),
    ...(readOnly ? { readOnly } : {}),
  };
}

function noteArtifacts(run: RunRow, { stepName, jobID, inputs, outputs }: Job, type: 'input' | 'output', state: State): void {
  addArtifacts(run, { stepName, jobID, paths: type === 'input' ? inputs : outputs, type, at: state.now }, state);
}
