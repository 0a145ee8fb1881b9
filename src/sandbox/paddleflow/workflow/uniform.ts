import type { ForLoop, Script, Word } from './script.ts';
import type { Items } from './words.ts';

/** So many items are looked at; longer lists are the numbers of a `seq`, of which all look alike. */
const MAX_LOOKED_AT = 1000;
/** Values that `echo` cannot take for a flag. */
const PLAIN = /^(?!-[neE]+$)[\w.,:/@%+=-]*$/;

/**
 * Whether all rounds of a loop write the same number of lines in the same rhythm, so that nobody needs to walk through them:
 * it only echoes and sleeps, and no duration depends on the loop's variable.
 */
export function isUniform(loop: ForLoop, items: Items): boolean {
  for (let index = 0; index < Math.min(items.count, MAX_LOOKED_AT); index += 1) if (!PLAIN.test(items.at(index))) return false;
  return bodyIsUniform(loop.body, new Set([loop.variable]));
}

const bodyIsUniform = (body: Script, variables: ReadonlySet<string>): boolean =>
  body.statements.every(({ when, command }) => {
    if (when === 'failure') return false;
    if (command.kind === 'for') {
      const constant = !command.items.some((word) => mentions(word, variables));
      return constant && bodyIsUniform(command.body, new Set(variables).add(command.variable));
    }
    const [name, ...args] = command.words;
    if (text(name) === 'echo') return !text(args[0]).startsWith('-');
    return text(name) === 'true' || (text(name) === 'sleep' && !args.some((word) => mentions(word, variables)));
  });

const text = (word: Word | undefined): string => (word ?? []).map((part) => (part.kind === 'text' ? part.text : '')).join('');

const mentions = (word: Word, variables: ReadonlySet<string>): boolean =>
  word.some((part) => {
    if (part.kind === 'variable') return variables.has(part.name);
    if (part.kind !== 'substitution') return false;
    return part.script.statements.some(
      ({ command }) => command.kind === 'for' || command.words.some((inner) => mentions(inner, variables)),
    );
  });
