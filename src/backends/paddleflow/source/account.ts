import { accountOn, type Viewer } from '../../../auth/viewer.ts';
import type { SourceHandle } from './handle.ts';

type Acting = Pick<SourceHandle, 'name' | 'actsAs' | 'serviceAccount'>;

/** The user of PaddleFlow in whose name calls are made: what is created belongs to it. */
export const accountOf = ({ actsAs, serviceAccount }: Acting, viewer: Viewer | undefined): string =>
  actsAs === 'service' || viewer === undefined ? serviceAccount : viewer.name;

/**
 * Filter of pipelines and schedules by owner. For root only (contract 3.4): others would be refused, and see nothing but theirs anyway.
 * `wanted`: whom the viewer asks for; who may see one user's things only gets no others.
 */
export function ownersFor(handle: Acting, viewer: Viewer | undefined, wanted: readonly string[] | null | undefined) {
  const own = handle.actsAs === 'service' && viewer ? accountOn(viewer, handle.name) : undefined;
  const owners = own === undefined ? (wanted ?? undefined) : (wanted ?? [own]).filter((name) => name === own);
  return {
    /** What may be sent. */
    userFilter: accountOf(handle, viewer) === 'root' ? owners : undefined,
    includes: (owner: string): boolean => owners?.includes(owner) ?? true,
    isEmpty: owners?.length === 0,
  };
}
