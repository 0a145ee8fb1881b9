import { z } from 'zod';

/** Timers of Node take no more and go off at once instead. */
export const longestMs = 2_147_483_647;
export const ms = (fallback: number, description: string) => z.int().min(1).max(longestMs).default(fallback).describe(description);

export const urlOf = (text: string, protocols: readonly string[]): URL | undefined => {
  const url = URL.parse(text);
  return url && protocols.includes(url.protocol) ? url : undefined;
};
