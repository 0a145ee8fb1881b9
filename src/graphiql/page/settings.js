// What the server says about itself, in the page: who may come, on which sources people can sign in, whether this is the demo.
// Addresses are relative to the page's own, which is that of the graph: so it works below any path and behind TLS on any port.

const read = (id) => JSON.parse(document.getElementById(id)?.textContent ?? 'null');

/** `{ query, variables }` of each tab, with the title of the example. */
export const examples = read('examples');
/** `{ mode, signIn, demo }`; null where the graph has no viewers, sources and runs. */
export const gateway = read('gateway');

export const graphUrl = new URL('graphql', document.baseURI).href;
