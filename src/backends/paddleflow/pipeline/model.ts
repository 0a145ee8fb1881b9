import type { pipelineVersions } from '../tables.ts';
import { keyOf } from '../../../core/key.ts';
import type { WirePipeline, WirePipelineVersion } from '../wire/wire.ts';

type ReadTime = (serverTime: string) => Date | null;

export const pipelineFromWire = (source: string, wire: WirePipeline, readTime: ReadTime) => ({
  kind: 'Pipeline' as const,
  key: keyOf(source, wire.pipelineID),
  source,
  pipelineId: wire.pipelineID,
  name: wire.name,
  description: wire.desc,
  owner: wire.username,
  createdAt: readTime(wire.createTime),
  updatedAt: readTime(wire.updateTime),
});
export type Pipeline = Readonly<ReturnType<typeof pipelineFromWire>>;

/** Version ids count per pipeline, so the key holds both: `prod:ppl-000003/1`. */
export const keyOfVersion = (source: string, pipelineId: string, versionId: string): string => keyOf(source, `${pipelineId}/${versionId}`);

export const versionRowFromWire = (
  source: string,
  wire: WirePipelineVersion,
  readTime: ReadTime,
): typeof pipelineVersions.$inferInsert => ({
  source,
  pipelineId: wire.pipelineID,
  versionId: wire.pipelineVersionID,
  fsName: wire.fsName,
  yamlPath: wire.yamlPath,
  yaml: Buffer.from(wire.pipelineYaml), // bytes: the text may hold U+0000, which Postgres text refuses
  owner: wire.username,
  createdAt: readTime(wire.createTime) ?? new Date(0),
});

export const versionFromRow = ({ yaml, ...row }: typeof pipelineVersions.$inferInsert) => ({
  ...row,
  kind: 'PipelineVersion' as const,
  key: keyOfVersion(row.source, row.pipelineId, row.versionId),
  yaml: yaml.toString(),
});
export type PipelineVersion = Readonly<ReturnType<typeof versionFromRow>>;
