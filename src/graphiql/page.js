// Runs in the browser, as it is: there is no build step. Starts GraphiQL with a fetcher that shows a subscription as a growing list.

/** What the response pane keeps of a subscription; older items are counted only. */
const KEPT = 200;
/** Between two repaints, in milliseconds: a replay brings thousands of items a second. */
const REPAINT_MS = 100;
/** Before a stream that broke off is taken up again, in milliseconds. */
const RECONNECT_MS = 1000;

globalThis.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_module, label) => `/graphiql/${label}.js`,
};

/** @param {{ query: string, variables?: object, operationName?: string }} params */
function fetcher(params, { documentAST, headers = {} } = {}) {
  const operations = (documentAST?.definitions ?? []).filter(({ kind }) => kind === 'OperationDefinition');
  const operation = operations.find(({ name }) => name?.value === params.operationName) ?? operations[0];
  return operation?.operation === 'subscription' ? watch(params, headers) : ask(params, headers);
}

async function ask(params, headers) {
  const response = await post(params, { ...headers, accept: 'application/graphql-response+json, application/json' });
  return response.json();
}

function post(params, headers, signal) {
  const { query, variables, operationName } = params;
  return fetch('/graphql', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables, operationName }),
    signal,
  });
}

/** An observable, as GraphiQL takes it. Its stop button unsubscribes, which closes the stream. */
function watch(params, headers) {
  return {
    subscribe(observer) {
      const leaving = new AbortController();
      follow(params, headers, leaving.signal, observer).catch((error) => {
        if (!leaving.signal.aborted) observer.error(error);
      });
      return { unsubscribe: () => leaving.abort() };
    },
  };
}

/** Items newest first, over reconnects: the server resumes after the id of the last event. */
async function follow(params, headers, signal, observer) {
  const log = createLog(observer);
  let lastEventId;
  while (!signal.aborted) {
    const resume = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    const response = await post(params, { ...headers, ...resume, accept: 'text/event-stream' }, signal).catch((error) => {
      if (lastEventId === undefined) throw error;
    });
    if (response !== undefined && !response.headers.get('content-type')?.startsWith('text/event-stream')) {
      observer.next(await response.json());
      return observer.complete();
    }
    try {
      for await (const { type, id, data } of response === undefined ? [] : eventsOf(response.body)) {
        if (type === 'next') log.add(JSON.parse(data));
        if (type === 'complete') return log.end();
        lastEventId = id ?? lastEventId;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (lastEventId === undefined) throw error;
    }
    if (lastEventId === undefined) return log.end();
    await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
  }
}

/** GraphiQL replaces one result by the next. So each one that it gets is the whole list so far. */
function createLog(observer) {
  const newestFirst = [];
  let received = 0;
  let timer;
  const show = () => {
    timer = undefined;
    observer.next({ received, newestFirst: [...newestFirst] });
  };
  return {
    add(result) {
      received += 1;
      newestFirst.unshift(result.errors === undefined ? result.data : result);
      newestFirst.length = Math.min(newestFirst.length, KEPT);
      timer ??= setTimeout(show, received === 1 ? 0 : REPAINT_MS);
    },
    end() {
      clearTimeout(timer);
      if (received > 0) show();
      observer.complete();
    },
  };
}

async function* eventsOf(body) {
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => /^([^:]*):? ?(.*)$/.exec(line).slice(1)));
      if (fields.event !== undefined) yield { type: fields.event, id: fields.id, data: fields.data };
    }
  }
}

globalThis.YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
  fetcher,
  title: 'Tributary',
  logo: ' ',
  defaultTabs: JSON.parse(document.querySelector('#examples').textContent),
  // Tokens stay in the page until somebody switches that on in the settings.
  shouldPersistHeaders: undefined,
  showPersistHeadersSettings: true,
});
