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

/** An observable, as GraphiQL takes it. Its stop button unsubscribes, which closes the stream. */
function fetcher(params, { headers = {} } = {}) {
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

function post({ query, variables, operationName }, headers, signal) {
  // For a moment after a change of tabs, GraphiQL still gives the name of the other tab's operation.
  const isNamed = operationName && query.includes(operationName);
  return fetch('/graphql', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ query, variables, ...(isNamed && { operationName }) }),
    signal,
  });
}

/** One answer, or a stream of items, over reconnects: the server resumes after the id of the last event. */
async function follow(params, headers, signal, observer) {
  const log = createLog(observer);
  let lastEventId;
  while (!signal.aborted) {
    const resume = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    const response = await post(params, { ...headers, ...resume }, signal).catch((error) => {
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
      for (const entry of entriesOf(result)) newestFirst.unshift(entry);
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

/** An item as it came, but for log lines: each of those is an entry of its own, plain text that can be read. */
function entriesOf({ data, errors }) {
  if (errors !== undefined) return [data ? { data, errors } : { errors }];
  const [{ lines } = {}, ...others] = Object.values(data).filter((field) => field !== null);
  if (!Array.isArray(lines) || others.length > 0) return [data];
  return lines.map((line) => (typeof line.text === 'string' ? textOf(line) : line));
}

function textOf({ number, text }) {
  // oxlint-disable-next-line no-control-regex -- the colours of terminals, which are only noise in JSON
  const plain = text.replace(/\u001b\[[0-9;]*m/g, '');
  return number === undefined ? plain : `${number}: ${plain}`;
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
