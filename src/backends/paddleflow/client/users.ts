import type { z } from 'zod';
import type { MarkerPage } from '../../../core/page.ts';
import { newPassword, newUserName, segment } from '../wire/validate.ts';
import { WireCreatedUser, type WireUser, WireUserPage } from '../wire/wire.ts';
import { anything, explained, meaning, type PageQuery, type PaddleFlowHttp, pageQuery, type Until } from './calls.ts';
import { withholding } from './secrets.ts';

/** Root only, except setting one's own password (2.1). */
export function userCalls(http: PaddleFlowHttp) {
  /** Root is never among them. `GET /user?user=NAME` would read one, and drop the connection when there is none (1.9): it is not offered. */
  const listUsers = async (query: PageQuery, signal?: AbortSignal): Promise<MarkerPage<WireUser>> =>
    http.send<z.output<typeof WireUserPage>>({ call: 'listUsers', path: '/user', query: pageQuery(query), signal }, WireUserPage);

  const userExists = async (name: string): Promise<boolean> => {
    for (let marker: string | undefined; ;) {
      const { items, nextMarker } = await listUsers({ marker, maxKeys: 1000 });
      if (items.some((user) => user.name === name)) return true;
      if (nextMarker === undefined || nextMarker === marker) return false;
      marker = nextMarker;
    }
  };

  return {
    listUsers,

    /**
     * 4 to 16 letters and digits, no `root` in any case, nothing ending in `login`. `UserNameDuplicated` where the name is taken, also on
     * servers that call that an internal error (2.1). `UserPasswordWeak`: 6 bytes, a digit and a lower case letter at least.
     */
    async createUser(
      { username, password }: { readonly username: string; readonly password: string },
      { deadline }: Until = {},
    ): Promise<string> {
      const body = { username: newUserName(username), password: newPassword(password) };
      const creating = http.send({ call: 'createUser', method: 'POST', path: '/user', body, deadline }, WireCreatedUser);
      const created = await explained(['InternalError'], withholding([password], creating), async (refusal) =>
        (await userExists(username)) ? meaning(refusal, 'UserNameDuplicated', 'there is a user of that name') : undefined,
      );
      return created.username;
    },

    /** Takes the user's grants along; runs, pipelines and file systems stay (2.1). `AccessDenied` also for root itself. */
    async deleteUser(username: string): Promise<void> {
      await http.send({ call: 'deleteUser', method: 'DELETE', path: `/user/${segment(username)}` }, anything);
    },

    /** The old one is not asked for. All the user's tokens end at once (1.3), those of this client included where it is their own. */
    async setPassword(username: string, password: string): Promise<void> {
      const path = `/user/${segment(username)}`;
      newPassword(password);
      await withholding([password], http.send({ call: 'setPassword', method: 'PUT', path, body: { password } }, anything));
    },
  };
}
