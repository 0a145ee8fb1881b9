/** `{{ name }}` or `{{ component.name }}` (contract 7.5). Other things in double braces are text, as `{{json .}}` of `docker inspect --format`. */
export interface Template {
  readonly component: string | undefined;
  readonly name: string;
}

const inBraces = (inner: string) => `\\{\\{[\\t\\n\\f\\r ]*${inner}[\\t\\n\\f\\r ]*\\}\\}`;
/** As wide as the server's own pattern, which takes `{{.Names}}` for a name of one's own, and `{{a-b}}` as well. */
const any = new RegExp(inBraces('([a-zA-Z0-9_-]*\\.)?([a-zA-Z0-9_-]*[a-zA-Z0-9_])'), 'g');
/** Conditions and loops know names of their own alone. */
const own = new RegExp(inBraces('([a-zA-Z0-9_]+)'), 'g');
const wholeOwn = new RegExp(`^${own.source}$`);
const wholeUpstream = new RegExp(`^${inBraces('([a-zA-Z0-9_-]+)\\.([a-zA-Z0-9_]+)')}$`);

export const templatesIn = (text: string): Template[] =>
  [...text.matchAll(any)].flatMap(([, before, name = '']) => {
    // Behind a dot there is no hyphen.
    if (before !== undefined && name.includes('-')) return [];
    return [{ component: before?.slice(0, -1) || undefined, name }];
  });

export const ownTemplatesIn = (text: string): Template[] =>
  [...text.matchAll(own)].map(([, name = '']) => ({ component: undefined, name }));

/** The one `{{component.name}}` that a text is, with nothing else around it, not even blanks. */
export function upstreamTemplate(text: string): Template | undefined {
  const [, component, name = ''] = wholeUpstream.exec(text) ?? [];
  return component === undefined ? undefined : { component, name };
}

/** The one `{{name}}` that a text is. */
export function ownTemplate(text: string): Template | undefined {
  const [, name] = wholeOwn.exec(text) ?? [];
  return name === undefined ? undefined : { component: undefined, name };
}

export const written = ({ component, name }: Template): string => `{{${component === undefined ? '' : `${component}.`}${name}}}`;

/** The parent dag, in the place of a sibling's name. */
export const parentName = 'PF_PARENT';
const systemNames = ['PF_RUN_ID', 'PF_STEP_NAME', 'PF_USER_NAME', 'PF_LOOP_ARGUMENT'];
export const isSystemName = (name: string): boolean => systemNames.includes(name);
/** Not in the contract, and taken by some servers. */
export const isDoubtfulName = (name: string): boolean => name === 'PF_MOUNT_PATH';

/** Read as booleans where they stand as keys, so who declares a parameter `n` has none of that name. */
export const trap = (name: string): string =>
  /^(y|n|yes|no|on|off)$/i.test(name) ? '; unquoted as a key it is read as a boolean, so its declaration needs quotes' : '';
