/** What a pipeline or a version is made from, in PaddleFlow's terms. */
export type { PipelineBody } from '../client/pipelines.ts';
