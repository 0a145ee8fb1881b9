type Words = Readonly<Record<string, string>>;

/**
 * What a refusal means, in words of ours. The backend's own are for its log: they name tables and Go types, repeat what was sent, and say the same
 * thing differently from call to call (contract 1.8).
 *
 * By code, as the backend's statuses say little: what is missing often comes as 400 (contract 1.7). What is not here is a rejection of its own.
 */
export const missing: Words = {
  RunNotFound: 'there is no such run',
  PipelineNotFound: 'there is no such pipeline, or no such version of it',
  RunCacheNotFound: 'there is no such cache record',
  ScheduleNotFound: 'there is no such schedule',
  ArtifactEventNotFound: 'there is no such artifact',
  ResourceNotFound: 'there is no such thing',
  RecordNotFound: 'there is no such thing',
  JobNotFound: 'there is no such job',
  QueueNameNotFound: 'there is no such queue',
  FlavourNotFound: 'there is no such flavour',
  GrantNotFound: 'the user has no grant of it',
  UserNotExist: 'there is no such user',
  ClusterNotFound: 'there is no such cluster',
  ClusterNameNotFound: 'there is no such cluster',
  ClusterIdNotFound: 'there is no such cluster',
  LinkNotExist: 'there is no such link',
  LinkFileSystemNotExist: 'there is no such file system',
};
export const forbidden: Words = {
  AccessDenied: 'it is for its owner and for root alone',
  OnlyRootAllowed: 'it is for root alone',
  AuthIllegalUser: 'only root may act for another user',
};
export const conflicts: Words = {
  ActionNotAllowed: 'its present state does not allow that',
  QueueIsInUse: 'a job of it has not ended',
  QueueIsNotClosed: 'it has to be stopped first',
  InvalidClusterStatus: 'the cluster is not online',
  FileSystemClientBusy: 'the file system is busy',
  DuplicatedName: 'the name is taken',
  DuplicatedContent: 'the same content is there already',
  RunNameDuplicated: 'the name is taken',
  UserNameDuplicated: 'the name is taken',
  QueueNameDuplicated: 'the name is taken',
  GrantAlreadyExist: 'the user has the grant already',
  LinkPathExist: 'there is a link at this path already',
  LinkPathMustBeEmpty: 'the directory at this path is not empty',
  FileSystemNotExist: 'there is a link at this path already', // its name lies (2.6)
};

/** Of a code that stands for several things, what it means of this call: by method and first part of the path. */
const ofCalls: Words = {
  'PUT /run ActionNotAllowed': 'only what has not ended can be stopped, and only what has failed or was stopped can be tried again',
  'DELETE /run ActionNotAllowed': 'it has not ended, or a later run uses its results',
  'DELETE /pipeline ActionNotAllowed': 'a running schedule uses it, or it is the last version of its pipeline',
  'PUT /schedule ActionNotAllowed': 'it has come to its end, or was stopped before',
  'DELETE /schedule ActionNotAllowed': 'it is still running',
  'DELETE /fs ActionNotAllowed': 'it is mounted, or a running schedule uses it',
  'GET /queue ActionNotAllowed': 'it is not there, or not granted to this user',
  'PUT /job ActionNotAllowed': 'it has ended, or belongs to somebody else',
};

/** `operation` as in `UpstreamError`: `PUT /run/run-000012`. Undefined for a code of which nothing more than that is known. */
export function meaningOf(code: string, operation: string): string | undefined {
  const call = operation.split('/', 2).join('/');
  return ofCalls[`${call} ${code}`] ?? missing[code] ?? forbidden[code] ?? conflicts[code];
}
