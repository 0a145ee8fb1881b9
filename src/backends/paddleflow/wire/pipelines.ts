import { z } from 'zod';
import { pageOf, text } from './parts.ts';

export const WirePipeline = z.object({
  pipelineID: z.string().min(1),
  name: z.string(),
  desc: text,
  username: text,
  createTime: text,
  updateTime: text,
});
export type WirePipeline = z.output<typeof WirePipeline>;
export const WirePipelinePage = pageOf('pipelineList', WirePipeline);

export const WirePipelineVersion = z.object({
  /** Decimal string, counting deleted versions too (2.10). */
  pipelineVersionID: z.string().min(1),
  pipelineID: z.string(),
  fsName: text,
  yamlPath: text,
  /** Plain text, not base64. */
  pipelineYaml: text,
  username: text,
  createTime: text,
  updateTime: text,
});
export type WirePipelineVersion = z.output<typeof WirePipelineVersion>;

/** The page is one of versions; the pipeline is repeated on each. */
export const WirePipelineDetail = z
  .object({ pipeline: WirePipeline, pplVersions: pageOf('pplVersionList', WirePipelineVersion) })
  .transform(({ pipeline, pplVersions }) => ({ pipeline, versions: pplVersions }));
export const WirePipelineVersionDetail = z
  .object({ pipeline: WirePipeline, pipelineVersion: WirePipelineVersion })
  .transform(({ pipeline, pipelineVersion }) => ({ pipeline, version: pipelineVersion }));

/** `""` would be of no use to anybody: nobody could tell what was made. */
export const WireCreatedVersion = z.object({ pipelineID: z.string().min(1), pipelineVersionID: z.string().min(1) });
export const WireCreatedPipeline = WireCreatedVersion.extend({ name: text });
