/** What stands behind the `?`, read as Go reads it: a pair with a semicolon or a broken escape in it counts as not sent. */
export function readQuery(search: string): URLSearchParams {
  const pairs = search
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => !pair.includes(';') && !/%(?![0-9a-fA-F]{2})/.test(pair));
  return new URLSearchParams(pairs.join('&'));
}
