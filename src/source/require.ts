/** For names of sources that are not configured, or not for this viewer: a typo must not look like an empty list. Names are part of every id, so whoever may ask here may know them. */
export const noSource = (name: string, names: readonly string[]): string =>
  `There is no source ${JSON.stringify(name.slice(0, 100))}; there ${names.length === 0 ? 'is none' : `are: ${names.join(', ')}`}`;
