import { keepSecret } from '../../redact/redact.ts';
import type { ConfiguredSource } from '../../source/backend.ts';
import { createDataStoryClient, type DataStoryClient } from './client/client.ts';
import type { DataStorySourceConfig } from './config.ts';
import { watchTasks } from './task/watch.ts';

export interface DataStorySource extends ConfiguredSource {
  readonly config: DataStorySourceConfig;
  readonly client: DataStoryClient;
}

/** A platform that was down for long is met again this soon. */
const maxBlindMs = 5_000;

/** A configured platform: its client, and what its leader does. One per process. */
export function createDataStorySource(config: DataStorySourceConfig): DataStorySource {
  const { name, url, poll } = config;
  // The names do not say it: on CEPH the name of the user is a key (contract 6).
  for (const profile of config.storage)
    if (profile.type === 'CEPH') for (const text of [profile.userName, profile.password]) keepSecret(text);
  const client = createDataStoryClient({ ...config, circuit: { maxOpenMs: maxBlindMs } });
  const place = { address: new URL(url).host, account: 'the token of the configuration', software: 'DataStory' };
  return {
    name,
    config,
    client,
    intervalMs: poll.intervalMs,
    health: client.health,
    close: client.close,
    lead: (lease, { db, hub, ...logs }) => watchTasks({ ...logs, db, hub, lease, config, client, place }),
  };
}
