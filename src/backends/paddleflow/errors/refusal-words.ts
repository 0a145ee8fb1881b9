type Words = Readonly<Record<string, string>>;

/**
 * What a refusal means, in words of ours. The backend's own are for its log: they name tables and Go types, repeat what was sent, and say the same
 * thing differently from call to call (contract 1.8). Only of a code that is not known they are all there is.
 *
 * By code, as the backend's statuses say little: what is missing often comes as 400 (contract 1.7). Every code of the contract is here.
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
/** The input will never be accepted as it is. Where the backend's text says more, `refused-rule.ts` reads it. */
export const invalid: Words = {
  InvalidPipeline: 'the workflow, or what is put into it, breaks a rule of the backend',
  InvalidArguments: 'the backend does not take it as it is',
  InvalidNamePattern: 'the name has characters that are not allowed, or is too long',
  InvalidHTTPRequest: 'the backend does not take the request as it is',
  InvalidURI: 'it is named in a way that the backend does not take',
  InappropriateJSON: 'the backend does not take the request as it is',
  MalformedJSON: 'the backend does not take the request as it is',
  MalformedYaml: 'the workflow is no YAML',
  'Decode base64': 'the backend cannot read the text that was sent',
  ReadYamlFileFailed: 'the file with the workflow cannot be read',
  RequiredFieldEmpty: 'something that is needed is missing',
  FileTypeNotSupported: 'files of this type are not supported',
  NamespaceNotFound: 'the namespace is missing, is no name, or is not one of the cluster',
  CPUNotFound: 'the amount of cpu is missing',
  MemoryNotFound: 'the amount of memory is missing',
  QueueQuotaTypeIsNotSupported: 'the type of quota is not supported',
  QueueInvalidField: 'a field of the queue is not as it must be',
  InvalidComputeResource: 'the resources are not as they must be',
  FlavourInvalidField: 'a field of the flavour is not as it must be',
  FlavourNameEmpty: 'the name is missing',
  InvalidClusterProperties: 'the properties of the cluster are not as they must be',
  InvalidClusterCredential: 'the backend cannot use the credential of the cluster',
  FileSystemNameFormatError: 'the name may have letters and digits alone, and is too long if the name of its owner is',
  InvalidFileSystemParamsURL: 'the URL is not of the form that its type of storage takes',
  InvalidFileSystemParamsProperties: 'the properties are not those that its type of storage takes',
  InvalidFileSystemFsName: 'a file system of this type holds no links',
  UserPasswordWeak: 'the password is too weak',
  GrantRootActionNotSupport: 'root needs no grants, and can have none',
  InvalidLinkURL: 'the URL is not of the form that its type of storage takes, or there is a link at or around this path already',
  InvalidLinkProperties: 'the properties are not those that its type of storage takes',
  LinkFileSystemPathNotExist: 'there is no such directory in the file system',
};
/** A place in a list, which only this code says. */
export const badCursors: Words = { InvalidMarker: 'that is no place in the list' };
/** Neither is known to be to blame: the backend refused for a reason of its own. */
export const rejected: Words = {
  InternalError: 'the backend failed within',
  IOOperationFailure: 'the backend could not read or write its storage',
  FileSystemDataBaseError: "the backend's database failed",
  UpdateDatabaseFailed: "the backend's database failed",
  K8sOperatorError: 'the cluster behind the backend failed',
  GetNamespaceFail: 'the backend could not read the namespaces of the cluster',
  FuseClientError: 'the backend could not mount the file system',
  ConnectivityFailed: 'the backend could not reach the storage with what it was given',
  LinkModelError: "there is no such file system or link, or the backend's database failed", // the code does not tell (1.7)
  LinkMetaPersistError: 'the backend could not store the link',
  GrantUserNameAndFs: 'the backend could not store who may use the file system',
  InvalidPVClaimsParams: 'the backend could not make the volume of the file system',
  JobCreateFailed: 'the job could not be made',
  JobInvalidField: 'the job is not as it must be',
  InvalidScaleResource: 'the resources are not as they must be',
  InvalidState: 'the state is none that the backend knows',
  InvalidFileSystemMaxKeys: 'the page is of a size that the backend does not give',
  QueueActionIsNotSupported: 'queues of this backend cannot do that',
  QueueResourceNotMatch: 'the resources do not fit those of the queue',
  QueueUpdateFailed: 'the queue could not be changed',
  GrantResourceTypeNotFound: 'there are no grants on things of this kind',
  InvalidVersion: 'the backend is of a version that has no such call',
  PathNotFound: 'the backend has no such call',
  MethodNotAllowed: 'the backend has no such call',
  RequestExpired: 'the request came too late for the backend',
  AuthWithoutToken: 'the backend does not accept the account',
  AuthInvalidToken: 'the backend does not accept the account',
  AuthFailed: 'the backend does not accept the account',
};

/** Of a code that stands for several things, what it means of this call: by method and first part of the path. */
export const ofCalls: Words = {
  'PUT /run ActionNotAllowed': 'only what has not ended can be stopped, and only what has failed or was stopped can be tried again',
  'DELETE /run ActionNotAllowed': 'it has not ended, or a later run uses its results',
  'DELETE /pipeline ActionNotAllowed': 'a running schedule uses it, or it is the last version of its pipeline',
  'PUT /schedule ActionNotAllowed': 'it has come to its end, or was stopped before',
  'DELETE /schedule ActionNotAllowed': 'it is still running',
  'DELETE /fs ActionNotAllowed': 'it is mounted, or a running schedule uses it',
  'GET /queue ActionNotAllowed': 'it is not there, or not granted to this user',
  'PUT /job ActionNotAllowed': 'it has ended, or belongs to somebody else',
  'PUT /run InternalError': 'the backend failed within, or no longer has this run at work, as after it was started anew',
  'DELETE /run InternalError': 'its files could not be removed, so nothing was deleted',
  'POST /user InternalError': 'the backend failed within, which on some databases is how it says that the name is taken',
};
