/** Every error code of the contract (1.7) with its HTTP status and default message. */
const table = {
  AccessDenied: [403, 'Access denied'],
  ActionNotAllowed: [403, 'The operation cannot be executed at this phase/stage'],
  InappropriateJSON: [400, 'The JSON provided was well-formed and valid, but not appropriate for this operation.'],
  InternalError: [500, 'We encountered an internal error. Please try again.'],
  InvalidHTTPRequest: [400, 'One or more errors in HTTP request body'],
  InvalidURI: [400, 'Could not parse the specified URI.'],
  MalformedJSON: [400, 'The JSON provided was not well-formatted'],
  MalformedYaml: [400, 'The yaml provided was not well-formatted'],
  'Decode base64': [400, 'Could not decode the base64 string'],
  InvalidPipeline: [400, 'The pipeline provided is invalid.'],
  InvalidVersion: [404, 'The API version specified was invalid'],
  FileTypeNotSupported: [400, 'File type not supported'],
  InvalidNamePattern: [400, 'Name pattern does not match regex rule'],
  RequestExpired: [400, 'Request has been expired'],
  OnlyRootAllowed: [403, 'This operation is only allowed for root user'],
  InvalidMarker: [400, 'The marker is invalid'],
  InvalidScaleResource: [400, 'The scale resource is invalid'],
  IOOperationFailure: [500, 'I/O operation failed'],
  NamespaceNotFound: [400, 'Namespace is not set'],
  CPUNotFound: [400, 'CPU is not set'],
  MemoryNotFound: [400, 'Memory is not set'],
  PathNotFound: [404, ''],
  MethodNotAllowed: [405, ''],
  DuplicatedName: [400, 'Name has existed. Duplicated name is not allowed'],
  DuplicatedContent: [400, 'content(md5) has existed. Please use existing one'],
  InvalidArguments: [400, 'invalid arguments'],
  RecordNotFound: [404, 'record not found'],
  RequiredFieldEmpty: [400, 'Field is not set'],
  UserNameDuplicated: [403, 'The user name already exists'],
  UserNotExist: [400, 'User not exist'],
  UserPasswordWeak: [400, 'Password must consist of at least one number and one letter, and length must be greater than 6'],
  AuthWithoutToken: [400, 'Request should login first'],
  AuthInvalidToken: [400, 'Invalid token. Please re-login'],
  AuthFailed: [400, 'Username or password not correct'],
  AuthIllegalUser: [400, 'The user does not have permission to operate other users'],
  ResourceNotFound: [404, 'The resource not found'],
  QueueNameDuplicated: [403, 'The queue name already exists'],
  QueueActionIsNotSupported: [400, 'Queue action not supported'],
  QueueQuotaTypeIsNotSupported: [400, 'Queue quota type not supported'],
  QueueNameNotFound: [400, 'QueueName does not exist'],
  QueueResourceNotMatch: [400, 'Queue resource is not match'],
  QueueIsNotClosed: [400, 'Queue should be closed before delete'],
  QueueIsInUse: [400, ''],
  QueueInvalidField: [400, ''],
  QueueUpdateFailed: [400, ''],
  ReadYamlFileFailed: [400, 'Read yaml file failed'],
  RunNameDuplicated: [400, 'Run name already exists'],
  RunNotFound: [404, 'RunID not found'],
  PipelineNotFound: [404, 'Pipeline not found'],
  RunCacheNotFound: [404, 'RunCache not found'],
  ScheduleNotFound: [404, 'Schedule not found'],
  ArtifactEventNotFound: [404, 'ArtifactEvent not found'],
  GrantResourceTypeNotFound: [400, 'This kind of resource is not exist'],
  GrantNotFound: [400, 'Grant not found. check the user and resource'],
  GrantAlreadyExist: [400, 'This user already have the grant of the resource'],
  GrantRootActionNotSupport: [400, "Can not delete or create root's grant"],
  FlavourNotFound: [404, ''],
  FlavourNameEmpty: [400, 'flavour name should not be empty'],
  FlavourInvalidField: [400, ''],
  JobInvalidField: [400, 'job field invalid'],
  JobCreateFailed: [400, 'job create failed'],
  JobNotFound: [404, ''],
  ClusterNameNotFound: [400, 'ClusterName does not exist'],
  ClusterIdNotFound: [400, 'ClusterId does not exist'],
  ClusterNotFound: [400, 'Cluster not found'],
  InvalidClusterProperties: [400, 'Cluster properties wrong'],
  InvalidClusterCredential: [400, 'Cluster credential wrong'],
  InvalidClusterStatus: [400, 'Cluster not in online status, operator not permit'],
  InvalidFileSystemParamsURL: [400, 'File system url wrong.'],
  InvalidFileSystemParamsProperties: [400, 'File system properties wrong.'],
  InvalidFileSystemMaxKeys: [400, 'MaxKeys wrong'],
  InvalidFileSystemFsName: [400, 'File system fsName wrong.'],
  InvalidLinkURL: [400, 'Link url wrong.'],
  InvalidLinkProperties: [400, 'Link properties wrong.'],
  FileSystemDataBaseError: [500, 'FileSystem DB is wrong.'],
  LinkModelError: [500, 'Link db is wrong.'],
  LinkPathExist: [400, 'Link path has exist'],
  FileSystemClientBusy: [403, 'File system is busy'],
  K8sOperatorError: [500, 'K8s operator err'],
  InvalidState: [400, 'Heart state must active or inactive'],
  GrantUserNameAndFs: [500, 'Grant fs and userName err'],
  FileSystemNotExist: [403, 'File system not exist'],
  FileSystemNameFormatError: [400, 'File system name must be letters and numbers and name length limit 8'],
  LinkFileSystemNotExist: [400, 'Link file system not exist'],
  FuseClientError: [500, 'Fuse client Error'],
  LinkFileSystemPathNotExist: [400, 'Link File system path not exist'],
  LinkNotExist: [400, 'Link is not exist'],
  LinkPathMustBeEmpty: [400, 'Link path must be empty'],
  ConnectivityFailed: [400, 'Connectivity failed'],
  InvalidPVClaimsParams: [400, 'Invalid persistent volume claims params'],
  GetNamespaceFail: [500, 'Get namespace fail'],
  LinkMetaPersistError: [400, ''],
  UpdateDatabaseFailed: [500, ''],
  InvalidComputeResource: [500, ''],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type ErrorCode = keyof typeof table;

/** A refusal as the wire knows it. `code` is `""` for the failures that upstream forgets to classify (1.6). */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;

  /** Without `message` the code's default text is used. */
  constructor(code: ErrorCode | '', message?: string, status?: number) {
    super(message ?? (code === '' ? '' : table[code][1]));
    this.code = code;
    this.status = status ?? (code === '' ? 500 : table[code][0]);
  }
}

export const errorCodes = Object.keys(table) as readonly ErrorCode[]; // its own
export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(table, code);

/** Status and default message of a code; an unknown one counts as unclassified. */
export const statusOf = (code: string): number => (isErrorCode(code) ? table[code][0] : 500);

/** Upstream panics here and closes the connection without a byte (1.9). */
export class DroppedConnection extends Error {}

/** Upstream never comes back from this (1.9, 2.11): the client waits until it gives up. `changed`: not before it has done what it was asked for. */
export class HungRequest extends Error {
  readonly changed: boolean;

  constructor(changed: boolean) {
    super('the server never answers');
    this.changed = changed;
  }
}

/** "resouceType" is how upstream spells it (1.8). */
export const notFoundText = (type: string, id: string): string => `resouceType[${type}] with ID[${id}] not found`;
export const noAccessText = (user: string, type: string, id: string): string =>
  `user[${user}] has no access to resource[${type}] with ID[${id}]`;
