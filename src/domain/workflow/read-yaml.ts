import { LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';
import { createReport, untilEnough, type Issue, type Place } from './issue.ts';
import { Reader, UnreadableError } from './yaml-reader.ts';
import type { Value } from './yaml.ts';

export interface ReadYaml {
  /** Undefined: there is nothing that could be looked into; the issues say why. */
  readonly root: Value | undefined;
  readonly issues: readonly Issue[];
  /** Keys that an earlier one of the same map bears too. */
  readonly repeated: readonly { readonly at: Place; readonly path: readonly string[] }[];
}

/** What this reader minds and the server's may not. Only the first of several documents is read by either. */
const harmless = new Set(['MULTIPLE_DOCS']);
const doubtful = new Set([
  'BAD_DIRECTIVE',
  'BAD_PROP_ORDER',
  'BAD_COLLECTION_TYPE',
  'BLOCK_IN_FLOW',
  'KEY_OVER_1024_CHARS',
  'RESOURCE_EXHAUSTION',
  'TAG_RESOLVE_FAILED',
]);
/** What a column of the server's database holds, in bytes (contract 8.3). A longer text is not worth the time. */
export const longestYaml = 65_535;
/** The first ones: after a wrong bracket there may be one per character. */
const mostErrors = 100;

const tooDeep = 'It cannot be looked into: it is nested too deeply';
const start: Place = { line: 1, column: 1 };
const unread = (message: string, at: Place = start, severity: Issue['severity'] = 'WARNING'): ReadYaml => ({
  root: undefined,
  issues: [{ severity, message, path: [], ...at }],
  repeated: [],
});

/** As the server reads it: YAML 1.1, where an unquoted `yes` or `n` is a boolean, as a key too (contract 7). Never throws. */
export function readYaml(text: string): ReadYaml {
  if (text.length > longestYaml) return unread('It is too long to be looked into');
  const lines = new LineCounter();
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  try {
    const document = parsed(text, lines);
    const errors = document.errors.filter(({ code }) => !harmless.has(code));
    if (errors.length > 0) return { root: undefined, issues: syntaxIssues(errors, placeOf), repeated: [] };
    const report = createReport();
    const reader = new Reader(document.contents, placeOf, report);
    let root: Value | undefined;
    untilEnough(() => (root = reader.value(document.contents, start, [])));
    return { root, issues: report.issues, repeated: reader.repeated };
  } catch (error) {
    if (error instanceof UnreadableError) return unread(error.message, error.at, error.certain ? 'ERROR' : 'WARNING');
    if (error instanceof RangeError) return unread(tooDeep); // the stack is at its end
    throw error;
  }
}

function parsed(text: string, lineCounter: LineCounter): Document.Parsed {
  // A wrong bracket may cost one error per character, and each would spend ten times as long on its stack as on all else.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return parseDocument(text, {
      version: '1.1',
      schema: 'failsafe', // every scalar stays a text: the server's converter does not read them as the library does
      resolveKnownTags: false,
      uniqueKeys: false,
      logLevel: 'silent',
      lineCounter,
      prettyErrors: false,
    });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function syntaxIssues(errors: readonly YAMLError[], placeOf: (offset: number) => Place): Issue[] {
  const certain = !errors.some(({ code }) => doubtful.has(code));
  return errors.slice(0, mostErrors).map(({ code, message, pos: [offset] }) => ({
    severity: certain ? 'ERROR' : 'WARNING',
    message: code === 'RESOURCE_EXHAUSTION' ? tooDeep : `This is no YAML: ${message}`,
    path: [],
    ...placeOf(offset),
  }));
}
