import { builder } from './builder.ts';

export interface NameValue {
  readonly name: string;
  readonly value: string;
}

export const NameValueRef = builder.objectRef<NameValue>('NameValue').implement({
  description: 'An entry of a map whose keys the backend leaves open.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Each name is there once.' }),
    value: t.exposeString('value', { description: 'Plain text.' }),
  }),
});

export const NameValueInput = builder.inputType('NameValueInput', {
  description: 'An entry of a map whose keys the backend leaves open.',
  fields: (t) => ({
    name: t.string({ description: 'Of several entries of one name the last one counts.' }),
    value: t.string({ description: 'Plain text.' }),
  }),
});

export const entriesOf = (map: Readonly<Record<string, string>>): NameValue[] =>
  Object.entries(map).map(([name, value]) => ({ name, value }));

export const mapOf = (entries: readonly NameValue[] | null | undefined): Record<string, string> | undefined =>
  entries ? Object.fromEntries(entries.map(({ name, value }) => [name, value])) : undefined;
