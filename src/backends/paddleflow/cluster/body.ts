/** What a schema may say about a cluster to be made or changed, in the backend's terms. */
export type { CreateClusterBody, UpdateClusterBody } from '../client/client.ts';
