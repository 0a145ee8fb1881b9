import { isAtLeast, type Role, type Viewer } from '../auth/viewer.ts';
import { ForbiddenProblem } from './problem.ts';
import type { SourceHandle } from './source/handle.ts';

/**
 * The permission table of PaddleFlow (contract 6). Its server keeps it for those who have signed in. Under the service account, which is root,
 * it would let everybody do everything, so there the gateway keeps it. Both throw `ForbiddenProblem`.
 */
type Acting = Pick<SourceHandle, 'actsAs'>;

/** For what only root may do: `admin`; for what is done in root's name and then belongs to root: `operator`. `action` ends "Only admins may …". */
export function enforceRole({ actsAs }: Acting, viewer: Viewer, role: Role, action: string): void {
  if (actsAs === 'service' && !isAtLeast(viewer, role)) throw new ForbiddenProblem(`Only ${role}s may ${action}`);
}

/** For what a user may do with their own things, and root with everybody's. `what` begins "… belongs to somebody else". */
export function enforceOwnership({ actsAs }: Acting, viewer: Viewer, owner: string, what: string): void {
  if (actsAs === 'service' && viewer.owner !== undefined && viewer.owner !== owner)
    throw new ForbiddenProblem(`${what} belongs to somebody else`);
}
