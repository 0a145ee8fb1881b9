import './schema.ts';
import type { Backend } from '../../source/backend.ts';
import { DataStorySourceConfig } from './config.ts';
import { createDataStoryContext } from './context.ts';
import { createDataStorySource, type DataStorySource } from './source.ts';

export const datastory: Backend<DataStorySourceConfig, DataStorySource> = {
  kind: 'datastory',
  title: 'DataStory',
  description: 'DataStory: platform for offline algorithm tasks on files of HDFS and CEPH.',
  sourceType: 'DataStorySource',
  configSchema: DataStorySourceConfig,
  describe: ({ url, timeZone }) => `DataStory at ${url}, its clock in ${timeZone}`,
  create: createDataStorySource,
  contextOf: (tools, sources) => ({ datastory: createDataStoryContext(tools, sources) }),
};
