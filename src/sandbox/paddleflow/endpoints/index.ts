import type { Endpoint } from '../wire/call.ts';
import { artifacts } from './artifacts.ts';
import { cardTime } from './card-time.ts';
import { clusterResources } from './cluster-resources.ts';
import { clusters } from './clusters.ts';
import { fileSystems } from './file-systems.ts';
import { flavours } from './flavours.ts';
import { fsCaches } from './fs-caches.ts';
import { grants } from './grants.ts';
import { jobCreate } from './job-create.ts';
import { jobLogs } from './job-logs.ts';
import { jobs } from './jobs.ts';
import { links } from './links.ts';
import { login } from './login.ts';
import { pipelineVersions } from './pipeline-versions.ts';
import { pipelines } from './pipelines.ts';
import { queues } from './queues.ts';
import { runActions } from './run-actions.ts';
import { runCaches } from './run-caches.ts';
import { runCreate } from './run-create.ts';
import { runJson } from './run-json.ts';
import { runLogs } from './run-logs.ts';
import { runs } from './runs.ts';
import { schedules } from './schedules.ts';
import { statistics } from './statistics.ts';
import { users } from './users.ts';
import { version } from './version.ts';

/** One file for each concept of the API. */
export const endpoints: readonly Endpoint[] = [
  ...login,
  ...users,
  ...grants,
  ...queues,
  ...flavours,
  ...clusters,
  ...clusterResources,
  ...fileSystems,
  ...links,
  ...fsCaches,
  ...runCreate,
  ...runJson,
  ...runs,
  ...runActions,
  ...runCaches,
  ...artifacts,
  ...pipelines,
  ...pipelineVersions,
  ...schedules,
  ...runLogs,
  ...jobs,
  ...jobCreate,
  ...jobLogs,
  ...statistics,
  ...cardTime,
  ...version,
];
