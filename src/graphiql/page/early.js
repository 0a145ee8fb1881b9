// Before GraphiQL's own script, which looks at this while it is loaded.
globalThis.MonacoEnvironment = {
  globalAPI: true, // the page has to reach the editors: for the theme, and to scroll
  getWorkerUrl: (_module, label) => new URL(`graphiql/${label}.js`, document.baseURI).href,
};
