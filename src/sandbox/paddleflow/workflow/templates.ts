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

/** What a text column holds (8.3). Parameters that contain each other twice would grow beyond every memory. */
const MAX_GROWTH = 65_535;

/** Throws an Error when the values make the text too long. */
export function fillTemplates(text: string, valueOf: (template: Template) => Value): string {
  let grown = 0;
  return text.replaceAll(TEMPLATE, (...match: unknown[]) => {
    // The groups of TEMPLATE: an optional component, then a name.
    const [, component, name] = match as [string, string | undefined, string];
    const value = formatValue(valueOf({ component, name }));
    grown += value.length;
    if (grown > MAX_GROWTH) throw new Error(`template[{{${name}}}] makes a text too long`);
    return value;
  });
}

export const writeTemplate = ({ component, name }: Template): string => `{{${component === undefined ? '' : `${component}.`}${name}}}`;
