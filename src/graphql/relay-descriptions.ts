/** What Relay's own fields and arguments mean here; they are the same on every connection. */
export const relayDescriptions = {
  nodeTypeOptions: { description: 'What has an id of its own, and can be asked for by it: see `Query.node`.' },
  idFieldOptions: { description: 'Unique over all types and sources, for ever. Opaque.' },
  edgesFieldOptions: { description: 'The items, each with its cursor.' },
  nodeFieldOptions: { description: 'The item itself.' },
  cursorFieldOptions: { description: 'Where the item stands, for `after` and `before`. Opaque.' },
  pageInfoFieldOptions: { description: 'Whether there is more, and from where to go on.' },
  pageInfoTypeOptions: { description: 'Where a page begins and ends, and whether others lie beside it.' },
  hasNextPageFieldOptions: { description: 'More items follow `endCursor`.' },
  hasPreviousPageFieldOptions: { description: 'Others lie before `startCursor`.' },
  startCursorFieldOptions: { description: 'Of the first item; `before` takes it. Null on an empty page.' },
  endCursorFieldOptions: { description: 'Of the last item; `after` takes it. Null on an empty page.' },
  firstArgOptions: { description: 'At most so many items, from the start or from `after`.' },
  lastArgOptions: { description: 'At most so many items, up to the end or up to `before`. Not on lists that can only be read forward.' },
  afterArgOptions: { description: 'Only what follows this cursor.' },
  beforeArgOptions: { description: 'Only what comes before this cursor.' },
} as const;

/** For the `id` of every node, which does not take it from the interface. */
export const idDescription = relayDescriptions.idFieldOptions.description;
