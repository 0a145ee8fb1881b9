/** How an answer is delivered; `either` is decided by the operation: subscriptions as a stream, the rest as JSON. */
export type Delivery = 'stream' | 'json' | 'either';

export function deliveryOf(accept: string | undefined): Delivery {
  const types = (accept ?? '*/*')
    .toLowerCase()
    .split(',')
    .map((part) => part.split(';')[0]?.trim() ?? '');
  if (!types.includes('text/event-stream')) return 'json';
  return types.some((type) => JSON_TYPES.includes(type)) ? 'either' : 'stream';
}

const JSON_TYPES = ['application/json', 'application/graphql-response+json', 'application/*', '*/*'];

/** A person with a browser, who wants a page. */
export const wantsPage = (accept: string | undefined) => accept?.includes('text/html') === true;
