import { parseDocument, type YAMLError } from 'yaml';

/** Something wrong with a configuration. `path` is empty where it is the file as a whole. */
export interface Mistake {
  readonly path: string;
  readonly message: string;
}

/** `sources[0].url` */
export const pathText = (path: readonly PropertyKey[]) =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');

export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

export interface ConfigText {
  readonly raw: unknown;
  /** Of the environment, whose values it asks for. */
  readonly names: readonly string[];
  readonly mistakes: readonly Mistake[];
}

/** The values of a configuration file, with those of the environment in the place of `${NAME}`; or what is wrong with it as YAML. */
export function readConfigText(text: string, env: NodeJS.ProcessEnv): ConfigText {
  const names = Array.from(text.matchAll(variable), ([, name = '']) => name);
  const document = parseDocument(text);
  // A tag that nobody knows comes as a warning, and its value as a text: `!secret key` would be the password "key".
  const odd = [...document.errors, ...document.warnings];
  if (odd.length > 0) return { raw: undefined, names, mistakes: odd.map((error) => ({ path: placeOf(error), message: yamlWords(error) })) };
  const missing: Mistake[] = [];
  try {
    return { raw: substitute(document.toJS() ?? {}, env, [], missing), names, mistakes: missing };
  } catch {
    // Its words are the parser's; there is nothing else that it throws here.
    const message = 'an alias (*name) stands before its anchor (&name), or there are more aliases than can be unfolded';
    return { raw: undefined, names, mistakes: [{ path: '', message }] };
  }
}

const placeOf = ({ linePos }: YAMLError) => (linePos ? `line ${linePos[0].line}, column ${linePos[0].col}` : '');

/** In words of ours, without a line of the file: it may hold a password. */
const yamlWords = ({ code }: YAMLError) => words[code] ?? 'this is not YAML';
const words: Partial<Record<YAMLError['code'], string>> = {
  BAD_INDENT: 'this is not indented as what stands above it, or a bracket is not closed',
  TAB_AS_INDENT: 'YAML is indented with spaces, not with tabs',
  DUPLICATE_KEY: 'this key stands here for the second time',
  MISSING_CHAR: 'something is missing here, such as a closing bracket or quote, a comma or a space',
  MULTILINE_IMPLICIT_KEY: 'a key must stand on one line; perhaps a quote is not closed',
  BLOCK_AS_IMPLICIT_KEY: 'a second "key: value" begins on this line; a text with ": " in it needs quotes',
  BAD_SCALAR_START: 'a text that begins so needs quotes',
  BAD_DQ_ESCAPE: 'a backslash in double quotes begins an escape, and this is none; single quotes take it as it is',
  BAD_ALIAS: 'this looks like an alias (*name); a text that begins so needs quotes',
  TAG_RESOLVE_FAILED: 'this tag (!name) means nothing here; a text that begins with ! needs quotes',
  MULTIPLE_DOCS: 'a second document begins here (---), and there must be one',
  UNEXPECTED_TOKEN: 'this cannot stand here',
};

const variable = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Puts environment values in place of `${NAME}` in every text of the document. A secret so never has to stand in the file. */
function substitute(value: unknown, env: NodeJS.ProcessEnv, path: PropertyKey[], missing: Mistake[]): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(variable, (all, name: string) => {
      if (env[name] === undefined) missing.push({ path: pathText(path), message: `the environment has no ${name}` });
      return env[name] ?? all;
    });
  }
  if (Array.isArray(value)) return value.map((item, index) => substitute(item, env, [...path, index], missing));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, env, [...path, key], missing)]));
}
