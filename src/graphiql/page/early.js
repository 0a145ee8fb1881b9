// Before GraphiQL's own script, which looks at this while it is loaded.
globalThis.MonacoEnvironment = {
  globalAPI: true, // the page has to reach the editors: for the theme, and to scroll
  getWorkerUrl: (_module, label) => new URL(`graphiql/${label}.js`, document.baseURI).href,
};

// GraphiQL's bundle puts a reader and a writer of JSON of its own in the place of the language's, which keep long integers and change all other
// numbers (1.0, 1e400). The language's own can keep each as it is written: they stay.
for (const name of ['parse', 'stringify']) {
  const own = JSON[name];
  Object.defineProperty(JSON, name, { get: () => own, set() {} });
}
