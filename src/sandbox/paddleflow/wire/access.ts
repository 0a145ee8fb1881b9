import { ApiError, noAccessText } from './errors.ts';

/** Most controllers ignore case here, so that a user `Root` is treated as root (1.4). */
export const isRoot = (user: string): boolean => user.toLowerCase() === 'root';

/** `text`: in place of the default message (12.2). */
export function requireRoot(user: string, text?: string): void {
  if (!isRoot(user)) throw new ApiError('OnlyRootAllowed', text);
}

/** Looked at only after the thing was found: a stranger learns that it exists (6). */
export function requireOwner(user: string, owner: string, type: string, id: string, prefix = ''): void {
  if (!isRoot(user) && user !== owner) throw new ApiError('AccessDenied', `${prefix}${noAccessText(user, type, id)}`);
}

/** Root may act with another user's file systems; a user can only name himself (2.7). */
export const fileSystemOwner = (caller: string, username: string | undefined): string =>
  caller === 'root' && username !== undefined && username !== '' ? username : caller;
