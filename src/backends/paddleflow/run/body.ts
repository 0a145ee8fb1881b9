/** What a run is started from, in PaddleFlow's terms. */
export type { CreateRunBody } from '../client/client.ts';
