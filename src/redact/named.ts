import type { Range } from './known.ts';

/** Names of secrets. The long ones may be a part of a name (`DB_PASSWORD`, `userPasswordHash`), the short ones are words of their own. */
const name =
  String.raw`(?:passw(?:or)?d|passphrase|secret|token|credential|kubeconfig|authorization|cookie|signature|` +
  String.raw`api[-_ ]?key|access[-_ ]?key|private[-_ ]?key|client[-_]key|account[-_ ]?key|session[-_ ]?key|encryption[-_ ]?key|signing[-_ ]?key|` +
  String.raw`client[-_]certificate[-_]data|certificate[-_]authority[-_]data|clientkeydata|cadata|keydata|certdata|` +
  String.raw`(?<![a-z0-9])(?:pwd|pass|psw|ak|sk|auth|sig|jwt|bearer|pgpassword|x-api-key)(?![a-z0-9]))`;
/** How a value is introduced: what ends the name, and `=`, `:`, `=>`, `>` of XML, `[` and `(` of messages, or the blank after a flag. */
const introduced = new RegExp(String.raw`${name}[\w.-]{0,40}\\{0,16}["'${'`'}]?(?:([ \t]*(?:=>|:=|==|[=:>[(])[ \t]*)|[ \t]+(?=\S))`, 'gi');
const afterDashes = /(?:^|[\s"'])--?[\w-]*$/;

/** Nothing to hide. */
const empty = /^(?:null|nil|none|true|false|undefined|<nil>|\*+|\(withheld\)|\$\{\w+\})$/i;
const lineEnd = /\n|\r|\\+[nr]/g;

/** What stands behind the name of a secret: in JSON, Go's structs, YAML, query strings, environments, flags, XML and messages. */
export function namedSecrets(text: string): Range[] {
  const found: Range[] = [];
  introduced.lastIndex = 0;
  for (let match = introduced.exec(text); match !== null; match = introduced.exec(text)) {
    const [all, separator] = match;
    const at = match.index + all.length;
    const quote = /^(\\{0,16})(["'`])/.exec(text.slice(at, at + 17));
    // `password "x"` and `--password x`; any other blank is prose.
    if (separator === undefined && !quote && !afterDashes.test(text.slice(Math.max(0, match.index - 40), match.index))) continue;
    const range = quote ? quoted(text, at, quote[0]) : bare(text, match.index, at, separator?.trim() ?? '');
    if (range === undefined) continue;
    if (!empty.test(text.slice(range.start, range.end))) found.push(range);
    introduced.lastIndex = Math.max(range.end, at);
  }
  return found;
}

/** Up to the same quote, with the same backslashes before it, or to the end of a text that was cut. */
function quoted(text: string, at: number, quote: string): Range | undefined {
  const start = at + quote.length;
  let end = text.indexOf(quote, start);
  // With more backslashes before it, it is a part of the value.
  while (end > 0 && text[end - 1] === '\\') end = text.indexOf(quote, end + quote.length);
  if (end === start) return undefined;
  return { start, end: end < 0 ? text.length : end };
}

const closing: Readonly<Record<string, string>> = { '[': ']', '(': ')', '>': '<' };

function bare(text: string, nameAt: number, at: number, separator: string): Range | undefined {
  lineEnd.lastIndex = at;
  const found = lineEnd.exec(text);
  const lineStops = found?.index ?? text.length;
  const line = text.slice(at, lineStops);
  const close = closing[separator.at(-1) ?? ''];
  if (close !== undefined) {
    if (text.slice(Math.max(0, nameAt - 2), nameAt) === '</') return undefined;
    const end = text.indexOf(close, at);
    if (end === at || at === text.length) return undefined;
    return { start: at, end: end < 0 ? text.length : end };
  }
  // A block of YAML, or a value on a line of its own below its name.
  if (found && separator === ':' && /^(?:[|>][+-]?\d?)?[ \t]*$/.test(line))
    return block(text, nameAt, lineStops, found[0], line.trim() !== '');
  if (line.trim() === '') return undefined;
  if (separator === ':' && opensLine(text, nameAt) && !/^[{[&]/.test(line)) return { start: at, end: at + line.trimEnd().length };
  return { start: at, end: at + wordOf(line).length };
}

/** Only blanks, dashes and quotes between the beginning of the line and the name, as in YAML and headers: then the whole line is the value. */
function opensLine(text: string, nameAt: number): boolean {
  let from = nameAt;
  while (from > 0 && nameAt - from < 80 && !/[\n\r]/.test(text[from - 1] ?? '') && !/\\[nr]$/.test(text.slice(Math.max(0, from - 2), from)))
    from -= 1;
  return nameAt - from < 80 && /^[\s\-"'\w.]*$/.test(text.slice(from, nameAt)) && !/\w\s+\S*$/.test(text.slice(from, nameAt));
}

/** Up to a blank, without the next pair of a list (`&a=`, `, a:`) and what closes the whole. */
function wordOf(line: string): string {
  const scheme = /^(?:bearer|basic|digest|negotiate|token)[ \t]+/i.exec(line)?.[0] ?? '';
  const word = /^\S*/.exec(line.slice(scheme.length))?.[0] ?? '';
  const pair = word.search(/[&;,](?:\\*["'])?[\w.-]{1,64}(?:\\*["'])?[=:]|[&;,]$|,\\*["'{]/);
  const own = pair < 0 ? word : word.slice(0, pair);
  return scheme + own.replace(/[)}\]"'\\,;]{1,16}$/, '');
}

/** The lines below that are indented more than the one with the name; of a lone value, one line that has no name itself. */
function block(text: string, nameAt: number, lineStops: number, newline: string, marked: boolean): Range | undefined {
  const before = text.slice(Math.max(0, nameAt - 200), nameAt);
  const own = before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf(newline) + newline.length - 1) + 1);
  const depth = /^[\s-]*/.exec(own)?.[0].length ?? 0;
  const start = lineStops + newline.length;
  let end = start;
  for (let from = start; from < text.length;) {
    const next = text.indexOf(newline, from);
    const line = text.slice(from, next < 0 ? text.length : next);
    const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    if (line.trim() !== '' && indent <= depth) break;
    if (!marked && /^\s*(?:- )?["']?[\w.-]{1,64}["']?:(?:\s|$)/.test(line)) break;
    end = from + line.length;
    if (next < 0 || (!marked && line.trim() !== '')) break;
    from = next + newline.length;
  }
  return end > start ? { start, end } : undefined;
}
