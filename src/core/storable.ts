/** Postgres has no NUL in its texts; backends and clients do. */
export const storable = (text: string): string => text.replaceAll('\0', '\uFFFD');
