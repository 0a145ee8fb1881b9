/** `/ext`: absolute, without a slash at its end. Undefined where no link can be: at the file system itself, outside of it. */
export function linkPathOf(path: string): string | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const odd = parts.some((part) => part === '.' || part === '..') || /\p{Cc}/u.test(path);
  return odd || parts.length === 0 ? undefined : `/${parts.join('/')}`;
}
