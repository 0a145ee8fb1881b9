import { accountOn, isAtLeast, type Role, type Viewer } from '../../auth/viewer.ts';
import { ForbiddenProblem, NotFoundProblem } from '../../problem/problem.ts';
import type { SourceHandle } from './source/handle.ts';

/**
 * The permission table of PaddleFlow (contract 6). Its server keeps it for those who have signed in. Under the service account, which is root,
 * it would let everybody do everything, so there the gateway keeps it, and refuses by the same kinds of problems.
 */
type Acting = Pick<SourceHandle, 'name' | 'actsAs'>;

/** For what only root may do: `admin`; for what is done in root's name and then belongs to root: `operator`. `action` ends "Only admins may …". */
export function enforceRole({ actsAs }: Pick<Acting, 'actsAs'>, viewer: Viewer, role: Role, action: string): void {
  if (actsAs === 'service' && !isAtLeast(viewer, role)) throw new ForbiddenProblem(`Only ${role}s may ${action}`);
}

const isOthers = ({ name, actsAs }: Acting, viewer: Viewer, owner: string) =>
  actsAs === 'service' && viewer.owner !== undefined && accountOn(viewer, name) !== owner;

/** For what a user may do with their own things, and root with everybody's. `what` begins "… belongs to somebody else". */
export function enforceOwnership(acting: Acting, viewer: Viewer, owner: string, what: string): void {
  if (isOthers(acting, viewer, owner)) throw new ForbiddenProblem(`${what} belongs to somebody else`);
}

/** The same where PaddleFlow says that others' things are not there: `what` ends "There is no …". Throws `NotFoundProblem`. */
export function hideOthers(acting: Acting, viewer: Viewer, owner: string, what: string): void {
  if (isOthers(acting, viewer, owner)) throw new NotFoundProblem(`There is no ${what}`);
}
