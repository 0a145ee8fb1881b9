import { inspect } from 'node:util';
import { createPaddleFlow, type PaddleFlow, type PaddleFlowOptions } from '../../../../src/backends/paddleflow/client/paddleflow.ts';
import { json, refuse, type Respond, startServer, type TestServer } from '../../../upstream/server.ts';

export const V1 = '/api/paddleflow/v1';

export interface Bench extends AsyncDisposable {
  readonly server: TestServer;
  readonly prod: PaddleFlow;
  /** Without the login and the API's base. */
  readonly calls: string[];
  readonly logins: number;
  /** From now on only the next login's token is good. */
  changePassword(): void;
}

/** What to answer to a call, by `GET /path?query` or, for any query, `GET /path`. Others get what no test expects. */
export const route =
  (answers: Readonly<Record<string, Respond>>): Respond =>
  (request, response) => {
    const call = `${request.method} ${request.url.replace(V1, '')}`;
    const answer = answers[call] ?? answers[call.split('?')[0] ?? ''];
    if (answer) answer(request, response);
    else refuse(response, 404, 'PathNotFound', `the test has no answer to ${call}`);
  };
export const give =
  (body?: unknown, status = 200): Respond =>
  (_request, response) =>
    json(response, body, status);
export const say =
  (status: number, code: string, message?: string): Respond =>
  (_request, response) =>
    refuse(response, status, code, message);
/** The connection ends without an answer (1.9). */
export const hangUp: Respond = (_request, response) => void response.destroy();

/** Body of the last request that had one. */
export function lastBody(server: TestServer): unknown {
  const body = server.received.findLast((request) => request.body !== '' && !request.url.endsWith('/login'))?.body;
  return body === undefined ? undefined : JSON.parse(body);
}

/** Everything that an error could carry to a log. */
export const inspected = (error: Error): string => `${error.stack}${JSON.stringify(error)}${inspect(error, { depth: 9 })}`;

/** A server that knows one account and checks tokens; what it answers otherwise is the test's. */
export async function startBench(respond: Respond, options: Partial<PaddleFlowOptions> = {}): Promise<Bench> {
  let issue = 1;
  let logins = 0;
  const server = await startServer((request, response) => {
    if (request.url === `${V1}/login`) {
      logins += 1;
      const { username, password } = JSON.parse(request.body) as Record<string, unknown>;
      if (username !== 'root' || password !== 'paddleflow1') refuse(response, 400, 'AuthFailed', 'Username or password not correct');
      else json(response, { authorization: `token-${issue}` });
    } else if (request.headers['x-pf-authorization'] !== `token-${issue}`) refuse(response, 400, 'AuthFailed');
    else respond(request, response);
  });
  const account = { username: 'root', password: 'paddleflow1', timeZone: 'Asia/Shanghai' };
  const prod = createPaddleFlow({ source: 'prod', url: server.url, ...account, retry: { baseMs: 1 }, ...options });
  return {
    server,
    prod,
    get calls() {
      return server.calls.filter((call) => !call.endsWith('/login')).map((call) => call.replace(V1, ''));
    },
    get logins() {
      return logins;
    },
    changePassword() {
      issue += 1;
    },
    async [Symbol.asyncDispose]() {
      await prod.close();
      await server[Symbol.asyncDispose]();
    },
  };
}
