/** Numbers keep the text in which they came, as JavaScript would round some: 9007199254740993. Older browsers do not tell it. */
export const parseExact = (text) =>
  JSON.parse(text, (_key, value, context) =>
    typeof value === 'number' && JSON.rawJSON && context?.source && context.source !== String(value) ? JSON.rawJSON(context.source) : value,
  );
