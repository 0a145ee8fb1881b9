/**
 * An object whose members are made when they are first touched, each once. For what an operation might need and mostly does not. Must not be
 * spread or copied: that touches them all.
 */
export function lazily<T extends object>(makers: { readonly [Key in keyof T]: () => T[Key] }): T {
  const members = {};
  for (const [key, make] of Object.entries<() => unknown>(makers)) {
    Object.defineProperty(members, key, {
      configurable: true,
      enumerable: true,
      get() {
        const value = make();
        Object.defineProperty(members, key, { value, enumerable: true });
        return value;
      },
    });
  }
  return members as T; // a getter for each key
}
