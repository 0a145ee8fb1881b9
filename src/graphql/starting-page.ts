/** What GraphiQL's documentation opens with, and whoever reads the schema first. Markdown. */
export const startingPage = `
**Tributary**: one typed, live graph over the backends in which a data and ML team's work runs. Runs of all sources are listed newest first, with filters and totals; states and log lines arrive as they happen.

**What there is**

- \`Source\`: a configured backend, and how it is. Begin with \`sources { name health problem }\`.
- \`Run\`: one execution of a workflow, with its \`steps\`, \`events\` and \`log\`. \`runs\` lists them; \`complete\` tells whether history has been read to its end.
- \`Pipeline\` and its versions: stored workflows. \`Schedule\`: runs them by a crontab.
- \`Queue\`, \`Cluster\`, \`Flavour\`: where steps run, and with what. \`FileSystem\`, \`Artifact\`: where data lies.
- \`User\`: who owns all that. \`viewer\`: who you are here, and what you may do.

**Where to begin**

1. Look: \`runs(first: 5) { totalCount complete nodes { id name state } }\`.
2. Follow: \`subscription { runChanged { … on RunChange { event { kind state } run { name } } } }\`, and \`runLog(id:)\` for the lines of one run.
3. Act: \`createRun\`, \`stopRun\`, \`retryRun\`. A mutation answers with a payload, or with a \`Problem\` that says why not.

**How it works**

- Each object has a global \`id\`, with which \`node(id:)\` finds it again.
- Lists are pages: \`first\` and \`after\`, with the \`endCursor\` of the page before.
- Streams have cursors: with the last one as \`after\` a subscription goes on from there, without gap or repeat.
- What a backend does not tell at the moment is null, with an error beside it; the rest of the page is there.
- Errors have a \`code\` in their \`extensions\`. The query: \`GRAPHQL_PARSE_FAILED\`, \`GRAPHQL_VALIDATION_FAILED\`, \`OPERATION_RESOLUTION_FAILURE\`, \`QUERY_TOO_COMPLEX\`, \`SUBSCRIPTION_NEEDS_STREAM\`. A value: \`BAD_USER_INPUT\`. Who asks: \`UNAUTHENTICATED\` (with a \`reason\`), \`FORBIDDEN\`. Too much at a time: \`TOO_MANY_OPERATIONS\` (with \`retryAfterSeconds\`). A backend: \`UPSTREAM_UNAVAILABLE\` (with \`source\` and \`fault\`), \`STATISTICS_UNAVAILABLE\`, \`SUBMIT_LOG_UNREADABLE\`. The rest: \`ABORTED\`, \`ERRORS_LEFT_OUT\`, and \`INTERNAL\` for a bug (with an \`errorId\`).
- What is of type \`ID\` is a global id; a \`String\` whose name ends in \`Id\` is the backend's own. \`…Name\` is the name of what the field without it leads to.
- Send a token as \`Authorization: Bearer …\`; \`signIn\` gives one, where people may sign in with an account of a backend.
`.trim();
