import type { OpenMap } from '../../kit/json-value.ts';
import type { Job } from '../workflow/types.ts';
import type { Mover } from './movers.ts';
import type { Row } from './table.ts';

/** As a job shows it: all texts. */
export interface JobFlavour {
  readonly cpu: string;
  readonly mem: string;
  readonly name: string;
  readonly scalarResources?: Readonly<Record<string, string>>;
}

export interface JobMount {
  readonly name: string;
  readonly type: string;
  readonly id: string;
  readonly mountPath: string;
  readonly subPath?: string;
  readonly readOnly?: boolean;
}

export interface JobRow extends Row {
  readonly jobID: string;
  readonly owner: string;
  /** `""`: the server chose the id. */
  readonly askedID: string;
  /** `""`: asked for by itself. */
  readonly runID: string;
  /** The row's pod, or the first of several, which stands for all. */
  readonly job: Job;
  /** Of a job that no run moves. */
  readonly mover?: Mover;
  /** As last noted, for `updatedAt`. */
  status: string;
  updatedAt: number;
  readonly kind: 'single' | 'distributed' | 'workflow';
  readonly name: string;
  labels: Readonly<Record<string, string>> | null;
  annotations: Readonly<Record<string, string>> | null;
  priority: string;
  readonly flavour: JobFlavour;
  readonly limitFlavour: JobFlavour;
  readonly fs: JobMount;
  readonly extraFS: readonly JobMount[] | null;
  readonly args: readonly string[] | null;
  readonly port: number;
  readonly extensionTemplate: OpenMap | null;
  readonly framework: string;
  readonly members: readonly JobMember[] | null;
}

export interface JobMember {
  readonly role: string;
  readonly replicas: number;
  readonly [key: string]: unknown;
}

/** How far the jobs of a run are in the job table, and which of them have not ended. */
export interface NotedJobs {
  count: number;
  readonly open: Set<JobRow>;
}
