/** What a schema may say about a queue to be made or changed, in the backend's terms. */
export type { CreateQueueBody, UpdateQueueBody } from '../client/client.ts';
