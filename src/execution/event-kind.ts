/** What can happen to a piece of work; the schema describes each. */
export type ExecutionEventKind = 'DISCOVERED' | 'STATE_CHANGED' | 'PROGRESSED' | 'SETTLED' | 'REOPENED' | 'UNREADABLE' | 'DELETED';
