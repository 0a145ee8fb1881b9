import { Characters, YamlError, type Place } from '../go-yaml/characters.ts';
import { composeYaml } from '../go-yaml/compose.ts';
import { createReport, untilEnough, type Issue } from './issue.ts';
import { Reader, UnreadableError } from './yaml-reader.ts';
import type { Value } from './yaml.ts';

export interface ReadYaml {
  /** Undefined: there is nothing that could be looked into; the issues say why. */
  readonly root: Value | undefined;
  readonly issues: readonly Issue[];
  /** Keys that an earlier one of the same map bears too. */
  readonly repeated: readonly { readonly at: Place; readonly path: readonly string[] }[];
}

/** What a column of the server's database holds, in bytes (contract 8.3). A longer text is not worth the time. */
export const longestYaml = 65_535;

const start: Place = { line: 1, column: 1 };
const unread = (message: string, severity: Issue['severity'], at: Place = start): ReadYaml => ({
  root: undefined,
  issues: [{ severity, message, path: [], ...at }],
  repeated: [],
});

/** As the server reads it: YAML 1.1, where an unquoted `yes` or `n` is a boolean, as a key too (contract 7). Never throws. */
export function readYaml(text: string): ReadYaml {
  if (text.length > longestYaml) return unread('It is too long to be looked into', 'WARNING');
  const characters = new Characters(text);
  try {
    const document = composeYaml(characters);
    const report = createReport();
    const reader = new Reader(characters, report);
    let root: Value | undefined = document === undefined ? { kind: 'scalar', at: start, value: null } : undefined;
    if (document) untilEnough(() => (root = reader.value(document, [])));
    return { root, issues: report.issues, repeated: reader.repeated };
  } catch (error) {
    if (error instanceof UnreadableError) return unread(error.message, 'WARNING', error.at);
    if (error instanceof YamlError) return unread(`This is no YAML: ${error.message}`, 'ERROR', characters.placeOf(error.index));
    throw error;
  }
}
