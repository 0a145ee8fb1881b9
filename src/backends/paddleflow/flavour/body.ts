/** What a schema may say about a flavour to be made or changed, in the backend's terms. */
export type { CreateFlavourBody, UpdateFlavourBody } from '../client/client.ts';
