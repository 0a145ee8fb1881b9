// The pane in which variables are written.

import { parseExact } from './exact.js';

/** Its text, as Monaco holds it; undefined before it is there. */
export const variablesModel = () =>
  globalThis.monaco?.editor
    .getEditors()
    .find((one) => one.getDomNode()?.closest('section[aria-label="Variables"]'))
    ?.getModel();

const COMMENTS = /("(?:[^"\\]|\\.)*")|\/\/.*|\/\*[^]*?\*\//g;

/** The variables of an operation with their numbers as they are written in the pane: GraphiQL has read them by then. */
export function asWritten(variables) {
  try {
    const text = (variablesModel()?.getValue() ?? '').replace(COMMENTS, '$1');
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(variables) ? parseExact(text) : variables;
  } catch {
    return variables; // of another tab by now, or in a notation that only GraphiQL reads
  }
}
