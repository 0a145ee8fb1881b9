import type { Reply } from '../kit/api-server.ts';
import { writeJson } from '../kit/write-json.ts';
import { splitPath } from '../kit/router.ts';
import type { WireFault } from './control/orders.ts';
import type { Core } from './core.ts';
import type { Quirk } from './wire/call.ts';
import { authenticate } from './wire/authenticate.ts';
import { readQuery } from './wire/query.ts';
import { ApiError, DroppedConnection, HungRequest, isErrorCode, statusOf } from './wire/errors.ts';

export interface ApiRequest {
  readonly method: string;
  /** As it came, with the query. */
  readonly path: string;
  readonly body: string;
  readonly requestId: string;
  readonly token: string;
  readonly claimedUser: string;
  readonly quirk?: Quirk | undefined;
}

export const basePath = '/api/paddleflow/v1';

/** The middleware in its order (11), then the endpoint. */
export function replyTo(core: Core, request: ApiRequest): Reply {
  try {
    core.catchUp();
    const { method, path, body, token, claimedUser, quirk } = request;
    const { pathname } = splitPath(path);
    const query = readQuery(path.slice(pathname.length));
    if (!pathname.startsWith(`${basePath}/`)) throw new ApiError('PathNotFound');
    const user = authenticate({ method, path: pathname, query, body, token, claimedUser }, core.state);
    const answer = core.call({ user, method, path: path.slice(basePath.length), body, quirk });
    return { status: answer.status, text: answer.body === undefined ? '' : writeJson(answer.body) };
  } catch (error) {
    if (error instanceof DroppedConnection) return 'dropped';
    if (error instanceof HungRequest) return 'hung';
    if (error instanceof ApiError) return errorReply(error.status, error.code, error.message, request.requestId);
    // A flaw of the sandbox itself. Upstream has the like, and the same form for it.
    return errorReply(500, '', `sandbox: ${error instanceof Error ? error.stack : String(error)}`, request.requestId);
  }
}

/** What a fault of kind `status` answers: an error of the server's, with the text that belongs to its code. */
export function orderedError({ code = '', status = statusOf(code), message }: WireFault, requestId: string): Reply {
  return errorReply(status, code, message ?? (isErrorCode(code) ? new ApiError(code).message : ''), requestId);
}

/** What becomes of an answer that is right in form and says too little. */
export function twisted({ kind }: WireFault, reply: Reply): Reply {
  switch (kind) {
    case 'empty-list':
      return emptied(reply);
    case 'empty-pages':
      return withLogs(reply, (tasks) =>
        tasks.map((task) => ({ ...task, logInfo: { logContent: '', hasNextPage: false, truncated: false } })),
      );
    case 'no-containers':
      return withLogs(reply, () => []);
    case 'empty-runtime':
      return changed(reply, (body) => ('runtime' in body ? { ...body, runtime: {}, postProcess: {} } : body));
    default:
      return reply;
  }
}

function changed(reply: Reply, change: (body: Record<string, unknown>) => Record<string, unknown>): Reply {
  if (typeof reply === 'string' || reply.status >= 300 || reply.text === '') return reply;
  return { status: reply.status, text: JSON.stringify(change(JSON.parse(reply.text) as Record<string, unknown>)) }; // our own
}

interface JobLog {
  readonly taskList: readonly object[];
}
const withLogs = (reply: Reply, tasks: (taskList: readonly object[]) => readonly object[]): Reply =>
  changed(reply, (body) => {
    const runLog = body['runLog'] as readonly JobLog[] | undefined; // as this server writes it
    return runLog === undefined ? body : { ...body, runLog: runLog.map((job) => ({ ...job, taskList: tasks(job.taskList) })) };
  });

const nullWhenEmpty = new Set(['userList', 'clusterList', 'flavourList', 'fsList', 'linkList']);

/** The same answer with its list emptied, as the endpoint itself would write an empty one (3.2). */
function emptied(reply: Reply): Reply {
  if (typeof reply === 'string' || reply.status >= 300 || reply.text === '') return reply;
  const body = JSON.parse(reply.text) as Record<string, unknown>; // our own
  for (const key of Object.keys(body)) {
    if (/List$|^runLog$/.test(key)) body[key] = nullWhenEmpty.has(key) ? null : [];
  }
  if ('isTruncated' in body) body['isTruncated'] = false;
  if ('truncated' in body) Object.assign(body, { truncated: false, nextMarker: '' });
  else delete body['nextMarker'];
  return { status: reply.status, text: JSON.stringify(body) };
}

export const errorReply = (status: number, code: string, message: string, requestID: string) => ({
  status,
  text: JSON.stringify({ requestID, code, message }),
});

/** Which misbehaviour the server itself has to play. */
export function quirkOf({ kind, ms = 0 }: WireFault): Quirk | undefined {
  if (kind === 'empty-run-id' || kind === 'retry-stray') return { kind };
  return kind === 'retry-slow' ? { kind, ms } : undefined;
}
