// One operation as GraphiQL asks for it: an answer, or a stream that grows, over reconnects.

import { withToken } from './account.js';
import { parseExact } from './exact.js';
import { graphUrl } from './settings.js';
import { asWritten } from './variables.js';

/** What the response pane keeps of a subscription; older items are counted only. */
const KEPT = 200;
/** Between two repaints, in milliseconds: a replay brings thousands of items a second. */
const REPAINT_MS = 100;
/** Before a stream that broke off is taken up again, in milliseconds. */
const RECONNECT_MS = 1000;

/** An observable, as GraphiQL takes it. Its stop button unsubscribes, which closes the stream. `view` is shown the log of a run as well. */
export const createFetcher = (view) =>
  function fetcher(params, { headers = {} } = {}) {
    return {
      subscribe(observer) {
        const leaving = new AbortController();
        if (params.operationName !== 'IntrospectionQuery') view.close();
        follow(params, withToken(headers), leaving.signal, observer, view).catch((error) => {
          if (!leaving.signal.aborted) observer.error(error);
        });
        return { unsubscribe: () => leaving.abort() };
      },
    };
  };

function post({ query, variables, operationName }, headers, signal) {
  // For a moment after a change of tabs, GraphiQL still gives the name of the other tab's operation.
  const isNamed = operationName && query.includes(operationName);
  return fetch(graphUrl, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ query, variables: asWritten(variables), ...(isNamed && { operationName }) }),
    signal,
  });
}

/** One answer, or a stream of items, over reconnects: the server resumes after the id of the last event. */
async function follow(params, headers, signal, observer, view) {
  const list = createList(observer, view);
  let lastEventId;
  while (!signal.aborted) {
    const resume = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    const response = await post(params, { ...headers, ...resume }, signal).catch((error) => {
      if (lastEventId === undefined) throw error;
    });
    if (response !== undefined && !response.headers.get('content-type')?.startsWith('text/event-stream')) {
      observer.next(parseExact(await response.text()));
      return observer.complete();
    }
    try {
      for await (const { type, id, data } of response === undefined ? [] : eventsOf(response.body)) {
        if (type === 'next') list.add(parseExact(data));
        if (type === 'complete') return list.end();
        lastEventId = id ?? lastEventId;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (lastEventId === undefined) throw error;
    }
    if (lastEventId === undefined) return list.end();
    await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
  }
}

/**
 * GraphiQL replaces one result by the next, so each one that it gets is the whole list so far. News are shown newest first, so that nobody
 * has to scroll; a log is read as it was written, each item as the API sends it.
 */
function createList(observer, view) {
  const items = [];
  const unseen = []; // in the view of a log
  let received = 0;
  let isLog = false;
  let timer;
  const show = () => {
    timer = undefined;
    observer.next(isLog ? { received, items: [...items] } : { received, newestFirst: items.map(shorten).toReversed() });
    if (!isLog) return;
    view.add(unseen.splice(0));
    view.follow();
  };
  return {
    add(result) {
      received += 1;
      isLog ||= Object.values(result.data ?? {}).some((field) => Array.isArray(field?.lines));
      items.push(result);
      if (items.length > KEPT) items.shift();
      if (isLog) unseen.push(result);
      timer ??= setTimeout(show, received === 1 ? 0 : REPAINT_MS);
    },
    end() {
      clearTimeout(timer);
      if (received > 0) show();
      observer.complete();
    },
  };
}

/** An item without what is around each of them; with errors as it came. */
const shorten = ({ data, errors }) => (errors === undefined ? data : data ? { data, errors } : { errors });

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
