import { formatValue, type Value } from './value.ts';

/** `{{ name }}` or `{{ component.name }}`. */
export interface Template {
  readonly component: string | undefined;
  readonly name: string;
}

// Whatever does not look like this is no template but text, such as `{{json .}}` in a command. `{{.Names}}` does, and names no component.
const TEMPLATE = /\{\{\s*(?:([A-Za-z0-9_-]*)\.([A-Za-z0-9_]+)|([A-Za-z0-9_-]*[A-Za-z0-9_]))\s*\}\}/g;
const LONE = new RegExp(`^${TEMPLATE.source}$`);

const toTemplate = ([, component, field, name]: RegExpMatchArray): Template => ({ component, name: field ?? name ?? '' });

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
    const template = toTemplate(match as unknown as RegExpMatchArray); // the groups come first
    const value = formatValue(valueOf(template));
    grown += value.length;
    if (grown > MAX_GROWTH) throw new Error(`template[${writeTemplate(template)}] makes a text too long`);
    return value;
  });
}

export const writeTemplate = ({ component, name }: Template): string => `{{${component === undefined ? '' : `${component}.`}${name}}}`;
