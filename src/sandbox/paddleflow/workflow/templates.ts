import { formatValue, type Value } from './value.ts';

/** `{{ name }}` or `{{ component.name }}`. */
export interface Template {
  readonly component: string | undefined;
  readonly name: string;
}

// Whatever does not look like this is no template but text, such as `{{.Id}}` in a command.
const TEMPLATE = /\{\{\s*(?:([A-Za-z0-9_-]+)\.)?([A-Za-z0-9_]+)\s*\}\}/g;
const LONE = new RegExp(`^${TEMPLATE.source}$`);

const toTemplate = ([, component, name = '']: RegExpMatchArray): Template => ({ component, name });

export const templatesIn = (text: string): Template[] => Array.from(text.matchAll(TEMPLATE), toTemplate);

/** The template that is the whole text, nothing around it. */
export function loneTemplate(text: string): Template | undefined {
  const match = LONE.exec(text);
  return match === null ? undefined : toTemplate(match);
}

export const fillTemplates = (text: string, valueOf: (template: Template) => Value): string =>
  text.replaceAll(TEMPLATE, (...match: unknown[]) => {
    // The groups of TEMPLATE: an optional component, then a name.
    const [, component, name] = match as [string, string | undefined, string];
    return formatValue(valueOf({ component, name }));
  });

export const writeTemplate = ({ component, name }: Template): string => `{{${component === undefined ? '' : `${component}.`}${name}}}`;
