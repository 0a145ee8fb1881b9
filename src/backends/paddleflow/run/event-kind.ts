/** What can happen to a run; the schema describes each. */
export type RunEventKind = 'DISCOVERED' | 'STATE_CHANGED' | 'PROGRESSED' | 'SETTLED' | 'REOPENED' | 'UNREADABLE' | 'DELETED';
