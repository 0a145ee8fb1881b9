import './schema.ts';
import type { Backend } from '../../source/backend.ts';
import { PaddleFlowSourceConfig } from './config.ts';
import { createPaddleFlowContext } from './context.ts';
import { createPaddleFlowSource, type PaddleFlowSource } from './source/configured.ts';

/** PaddleFlow, the workflow engine: contract in `docs/paddleflow.md`. */
export const paddleflow: Backend<PaddleFlowSourceConfig, PaddleFlowSource> = {
  kind: 'paddleflow',
  title: 'PaddleFlow',
  description: 'PaddleFlow: workflow engine with pipelines, runs, queues and clusters.',
  sourceType: 'PaddleFlowSource',
  configSchema: PaddleFlowSourceConfig,
  describe: ({ url, username, timeZone }) => `PaddleFlow at ${url} as ${username}, its clock in ${timeZone}`,
  create: createPaddleFlowSource,
  contextOf: (tools, sources) => ({ paddleflow: createPaddleFlowContext(tools, sources) }),
};
