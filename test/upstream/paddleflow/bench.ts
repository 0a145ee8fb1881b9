import { createPaddleFlow, type PaddleFlow, type PaddleFlowOptions } from '../../../src/upstream/paddleflow/paddleflow.ts';
import { json, refuse, type Respond, startServer, type TestServer } from '../server.ts';

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
