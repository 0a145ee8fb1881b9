/** What is unique within one source becomes unique in the gateway by the source's name: `prod:train`. Sources' names hold no colon. */
export const keyOf = (source: string, id: string): string => `${source}:${id}`;

/** The two parts of a key; the upstream's id may itself hold colons. Throws on a text that is no key. */
export function splitKey(key: string): { source: string; id: string } {
  const colon = key.indexOf(':');
  if (colon <= 0 || colon === key.length - 1) throw new RangeError(`not a key: ${JSON.stringify(key)}`);
  return { source: key.slice(0, colon), id: key.slice(colon + 1) };
}
