import type { MarkerPage } from '../../../core/page.ts';
import { present } from '../wire/validate.ts';
import { WireCreatedGrant, type WireGrant, WireGrantPage } from '../wire/wire.ts';
import { anything, type PageQuery, type PaddleFlowHttp, pageQuery, type Until } from './calls.ts';

export interface Grant {
  readonly userName: string;
  readonly resourceType: 'queue' | 'user' | 'fs';
  /** Name of the queue or user, id of the file system. */
  readonly resourceID: string;
}

/** Root only (2.2). A grant on a queue makes it visible, and does not decide who may use it (1.4). */
export const grantCalls = (http: PaddleFlowHttp) => ({
  /** The grant's id, for which there is no other use. `GrantAlreadyExist`, `QueueNameNotFound`; `UserNotExist` also for a missing file system. */
  async createGrant({ userName, resourceType, resourceID }: Grant, { deadline }: Until = {}): Promise<string> {
    const body = { userName: present('userName', userName), resourceType, resourceID: present('resourceID', resourceID) };
    const { grantID } = await http.send({ call: 'createGrant', method: 'POST', path: '/grant', body, deadline }, WireCreatedGrant);
    return grantID;
  },

  /** `GrantNotFound`, and for a queue or user that is gone its own code: its grants went with it (2.2). */
  async deleteGrant({ userName, resourceType, resourceID }: Grant): Promise<void> {
    // The query says `username`, the body of a create `userName`.
    const query = { username: present('userName', userName), resourceType, resourceID: present('resourceID', resourceID) };
    await http.send({ call: 'deleteGrant', method: 'DELETE', path: '/grant', query }, anything);
  },

  /** An empty page is no proof: a database failure gives the same (2.7). */
  listGrants: async (query: PageQuery & { readonly username?: string | undefined }, signal?: AbortSignal): Promise<MarkerPage<WireGrant>> =>
    http.send({ call: 'listGrants', path: '/grant', query: { username: query.username, ...pageQuery(query) }, signal }, WireGrantPage),
});
