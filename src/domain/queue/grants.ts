import type { PaddleFlowClient } from '../../upstream/paddleflow/client.ts';

const wholeList = 1000;

/** Queue grants of one user, or of all. Root only (contract 2.2). */
async function queueGrants(client: PaddleFlowClient, username: string | undefined, signal?: AbortSignal) {
  const found: { readonly user: string; readonly queue: string }[] = [];
  let marker: string | undefined;
  do {
    const { items, nextMarker } = await client.listGrants({ username, marker, maxKeys: wholeList }, signal);
    for (const { resourceType, resourceID, userName } of items) {
      if (resourceType === 'queue') found.push({ user: userName, queue: resourceID });
    }
    marker = nextMarker;
  } while (marker !== undefined);
  return found;
}

/** Names of the queues that PaddleFlow would show to this user. */
export const queuesGrantedTo = async (client: PaddleFlowClient, user: string, signal?: AbortSignal): Promise<ReadonlySet<string>> =>
  new Set((await queueGrants(client, user, signal)).map(({ queue }) => queue));

/** Names of the users whose grants would go with this queue. */
export const usersGranted = async (client: PaddleFlowClient, names: readonly string[]): Promise<string[]> =>
  (await queueGrants(client, undefined)).filter(({ queue }) => names.includes(queue)).map(({ user }) => user);
