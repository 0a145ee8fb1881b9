/** `{{ name }}` or `{{ component.name }}` (contract 7.5). Other things in double braces are text, as those of `docker inspect --format`. */
export interface Template {
  readonly component: string | undefined;
  readonly name: string;
}

const pattern = /\{\{\s*(?:([A-Za-z][A-Za-z0-9_-]*)\.)?([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;

export const templatesIn = (text: string): Template[] =>
  [...text.matchAll(pattern)].map(([, component, name = '']) => ({ component, name }));

/** The one template that a text is, with nothing else around it. */
export function loneTemplate(text: string): Template | undefined {
  const [match, another] = [...text.trim().matchAll(pattern)];
  if (match === undefined || another !== undefined || match[0] !== text.trim()) return undefined;
  return { component: match[1], name: match[2] ?? '' };
}

export const written = ({ component, name }: Template): string => `{{${component === undefined ? '' : `${component}.`}${name}}}`;

/** The parent dag, in the place of a sibling's name. */
export const parentName = 'PF_PARENT';
const systemNames = ['PF_RUN_ID', 'PF_STEP_NAME', 'PF_USER_NAME', 'PF_LOOP_ARGUMENT'];
export const isSystemName = (name: string): boolean => systemNames.includes(name);
