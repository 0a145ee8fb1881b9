import type { Dispatcher } from 'undici';
import { type AnswerLimits, createShapeGuard, refusalBytes } from './answer-limits.ts';
import type { Budget } from '../core/budget.ts';

export interface Call {
  readonly method: string;
  /** With base path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** No whole answer came. `detail` is free of anything the other side sent. */
export class ExchangeError extends Error {
  readonly how: 'refused' | 'cut' | 'garbage' | 'stopped';
  /** Whether the request had begun to go out: then a write may have been carried out. */
  readonly sent: boolean;

  /** The system's or OpenSSL's, of a connection that failed. */
  readonly systemCode: string | undefined;

  constructor(how: ExchangeError['how'], sent: boolean, detail: string, systemCode?: string) {
    super(detail);
    this.systemCode = systemCode;
    this.name = 'ExchangeError';
    this.how = how;
    this.sent = sent;
  }
}

/**
 * One request and its whole answer. `dispatch` with a collector of our own costs a third less than undici's `request`.
 * An answer that goes beyond the limits is garbage, and not collected any further; of a refusal only as much is as its words can take.
 * Rejects with `ExchangeError` only; at once when the budget ends, also while the connection is still being made. Nothing goes out after that.
 */
export const exchange = (
  dispatcher: Dispatcher,
  call: Call,
  { signal, check }: Pick<Budget, 'signal' | 'check'>,
  limits: AnswerLimits,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let status = 0;
    let headers: Answer['headers'] = {};
    const chunks: Buffer[] = [];
    const guard = createShapeGuard(limits);
    let size = 0;
    let over = false;

    const finish = () => {
      over = true;
      signal.removeEventListener('abort', stop);
    };
    const fail = (how: ExchangeError['how'], detail: string, systemCode?: string) => {
      if (over) return;
      finish();
      const error = new ExchangeError(how, controller !== undefined, detail, systemCode);
      reject(error);
      controller?.abort(error); // undici then closes the connection: the rest of the answer must not reach the next request
    };
    const stop = () => fail('stopped', 'was stopped');
    /** `unread`: what more there is would only be thrown away. */
    const settle = (body: Buffer, unread?: Dispatcher.DispatchController) => {
      if (over) return;
      finish();
      resolve({ status, headers, body });
      unread?.abort(new Error('enough'));
    };

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        // The caller left while the connection was being made, or the time is over: nothing is sent any more.
        check();
        if (over) started.abort(new Error('stopped'));
        else controller = started;
      },
      onResponseStart(_controller, statusCode, responseHeaders) {
        status = statusCode; // interim 1xx answers come before the final one
        headers = responseHeaders;
      },
      onResponseData(_controller, chunk) {
        size += chunk.length;
        if (status < 200 || status > 299) {
          if (size <= refusalBytes) chunks.push(chunk);
          else settle(Buffer.alloc(0), controller);
          return;
        }
        const excess = size > limits.bytes ? `more than ${limits.bytes} bytes` : guard.feed(chunk);
        if (excess === undefined) chunks.push(chunk);
        else fail('garbage', `answered ${status} with ${size > limits.bytes ? excess : `something ${excess}`}`);
      },
      onResponseEnd() {
        settle(Buffer.concat(chunks, size));
      },
      onResponseError(_controller, error) {
        fail(howItFailed(error, controller !== undefined), `failed: ${codeOf(error)}`, codeOf(error));
      },
    };
    check();
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    dispatcher.dispatch({ method: call.method, path: call.path, headers: call.headers, body: call.body ?? null }, handler);
  });

/** What is no HTTP at all comes as an `HTTPParserError`, with the raw bytes in it: only its code is passed on. */
function howItFailed(error: Error, sent: boolean): ExchangeError['how'] {
  if (!sent) return 'refused';
  return error.name === 'HTTPParserError' ? 'garbage' : 'cut';
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
