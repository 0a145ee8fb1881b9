import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { InvalidCallError, UpstreamError } from '../../../../src/upstream/errors.ts';
import type { PaddleFlowClient } from '../../../../src/backends/paddleflow/client/client.ts';
import { json, refuse } from '../../../upstream/server.ts';
import { startBench, V1 } from './bench.ts';

interface Vector {
  readonly call: string;
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly request?: Readonly<Record<string, never>>;
  readonly yaml?: string;
  readonly status: number | null;
  readonly response: unknown;
}

/** What stands for the values of the moment. */
const moment: Readonly<Record<string, string>> = {
  uuid: '0e9f2f0c-7d0a-4a35-9a0d-0d3b6a3f0f11',
  time: '2026-03-05 02:00:00',
  rfc3339: '2026-03-05T02:00:00Z',
  hex8: '0a1b2c3d',
  hex16: '0a1b2c3d4e5f6071',
  hex32: '0a1b2c3d4e5f60710a1b2c3d4e5f6071',
  unix: '1772676000',
  run: 'run-000012',
  'old run': 'run-000011',
  'other run': 'run-000013',
  job: 'job-run-000012-one-0a1b2c3d',
  pipeline: 'ppl-000003',
  schedule: 'schedule-000002',
  cluster: 'k3s',
  'base64 kubeconfig': 'YXBpVmVyc2lvbjogdjEK',
  number: '7',
  'server directory': 'srv',
};
const text = readFileSync(new URL('../../../contract/vectors/paddleflow.json', import.meta.url), 'utf8');
const { cases } = JSON.parse(text.replaceAll(/<([^<>"]+)>/g, (all, name: string) => moment[name] ?? all)) as { cases: Vector[] };

type Ask = (client: PaddleFlowClient, vector: Vector, name: string) => Promise<unknown>;
const pageOf = ({ query = {} }: Vector) => ({ maxKeys: 50, ...(query['marker'] === undefined ? {} : { marker: query['marker'] }) });

/** The client's own call for a request, by its method and path; the last segment of it is handed over. */
const asks: readonly (readonly [request: RegExp, ask: Ask])[] = [
  [/^POST \/user$/, (client, { request }) => client.createUser(request as never)],
  [/^GET \/user$/, (client, vector) => client.listUsers(pageOf(vector))],
  [/^GET \/flavour$/, (client, { query }) => client.listFlavours({ maxKeys: 50, name: query?.['name'] })],
  [/^GET \/flavour\/(.+)$/, (client, _, name) => client.getFlavour(name)],
  [/^POST \/flavour$/, (client, { request }) => client.createFlavour(request as never)],
  [/^PUT \/flavour\/(.+)$/, (client, { request }, name) => client.updateFlavour(name, request as never)],
  [/^POST \/cluster$/, (client, { request }) => client.createCluster(request as never)],
  [/^GET \/cluster\/resource$/, (client) => client.clusterUsages(['wdoff'])],
  [/^GET \/cluster\/([^/]+)$/, (client, _, name) => client.getCluster(name)],
  [/^PUT \/cluster\/(.+)$/, (client, { request }, name) => client.updateCluster(name, request as never)],
  [/^POST \/queue$/, (client, { request }) => client.createQueue(request as never)],
  [/^GET \/queue\/(.+)$/, (client, _, name) => client.getQueue(name)],
  [/^PUT \/queue\/(.+)$/, (client, { request }, name) => client.updateQueue(name, request as never)],
  [/^POST \/grant$/, (client, { request }) => client.createGrant(request as never)],
  [/^DELETE \/grant$/, (client) => client.deleteGrant({ userName: 'wdalice', resourceType: 'queue', resourceID: 'wdq3' })],
  [/^POST \/fs$/, (client, { request }) => client.createFileSystem(request as never)],
  [/^GET \/fs$/, (client) => client.allFileSystems({})],
  [/^GET \/fs\/(.+)$/, (client, _, name) => client.getFileSystem(name)],
  [/^DELETE \/fs\/(.+)$/, (client, _, name) => client.deleteFileSystem(name)],
  [/^POST \/link$/, (client, { request }) => client.createLink(request as never)],
  [/^GET \/link\/(.+)$/, (client, { query }, name) => client.getLink(name, query?.['fsPath'] ?? '')],
  [/^DELETE \/link\/(.+)$/, (client, { query }, name) => client.deleteLink(name, query?.['fsPath'] ?? '')],
  [/^POST \/pipeline$/, (client, { request, yaml }) => client.createPipeline(yaml === undefined ? (request as never) : { yaml })],
  [/^GET \/pipeline\/(.+)\/9$/, (client, _, name) => client.getPipelineVersion(name, '9')],
  [/^DELETE \/pipeline\/(.+)\/1$/, (client, _, name) => client.deletePipelineVersion(name, '1')],
  [/^POST \/run$/, (client, { request, yaml }) => client.createRun({ ...(request as object), runYaml: yaml })],
  [/^GET \/run\/(.+)$/, (client, _, name) => client.getRun(name)],
  [/^PUT \/run\/(.+)$/, (client, _, name) => client.stopRun(name)],
  [/^DELETE \/run\/(.+)$/, (client, _, name) => client.deleteRun(name)],
  [
    /^GET \/log\/run\/(.+)$/,
    (client, { query = {} }, name) =>
      client.runLog({ runID: name, jobID: query['jobID'], pageNo: 1, pageSize: Number(query['pageSize'] ?? 100), position: 'end' }),
  ],
  [/^GET \/statistics\/job\/(.+)$/, (client, _, name) => client.jobStatistics(name)],
  [/^GET \/job\/(.+)$/, (client, _, name) => client.getJob(name)],
  [/^PUT \/job\/(.+)$/, (client, _, name) => client.stopJob(name)],
  [/^GET \/artifact$/, (client) => client.listArtifacts({ maxKeys: 50 })],
  [/^GET \/runCache\/(.+)$/, (client, _, name) => client.getRunCache(name)],
  [/^POST \/schedule$/, (client, { request }) => client.createSchedule(request as never)],
  [/^GET \/schedule\/(.+)$/, (client, _, name) => client.getSchedule(name, { maxKeys: 50 })],
  [/^DELETE \/schedule\/(.+)$/, (client, _, name) => client.deleteSchedule(name)],
];

const fed = cases.flatMap((vector) => {
  for (const [request, ask] of asks) {
    const match = request.exec(`${vector.method} ${vector.path}`);
    if (match !== null)
      return [[`${match[0]} ${vector.call}`, vector, (client: PaddleFlowClient) => ask(client, vector, match[1] ?? '')] as const];
  }
  return [];
});

/** What becomes of a call: what it gave, or the kind of its failure. `before`: it was not sent, because the client knows better. */
async function outcome(vector: Vector, ask: (client: PaddleFlowClient) => Promise<unknown>) {
  await using bench = await startBench((request, response) => {
    const asked = request.method === vector.method && request.url.split('?')[0] === `${V1}${vector.path}`;
    if (!asked) return refuse(response, 404, 'RecordNotFound', 'record not found'); // what the client asks to explain a refusal
    return vector.status === null ? void response.destroy() : json(response, vector.response ?? undefined, vector.status);
  });
  try {
    const given = await ask(bench.prod.as('viewer'));
    return { given: given ?? null, text: JSON.stringify(given ?? null) };
  } catch (error) {
    if (error instanceof InvalidCallError) return { before: true, sent: bench.calls.length };
    if (error instanceof UpstreamError) return { status: error.status ?? null, fault: error.fault };
    throw error;
  }
}

describe(`${fed.length} of ${cases.length} recorded answers are understood by the client`, () => {
  test.each(fed.filter(([, { status }]) => status !== null && status < 300))('%s is read', async (_name, vector, ask) => {
    const found = await outcome(vector, ask);
    // A write that the client thinks unsound is never sent; a recorded read is always read.
    expect(Object.keys(found)).toContain(vector.method === 'GET' ? 'given' : 'before' in found ? 'before' : 'given');
    // Only the server's own lines about a run hold a credential: whoever shows them to people looks through them first.
    const { submitLog: _unread, ...rest } = (found.given ?? {}) as { submitLog?: string };
    expect(JSON.stringify(rest)).not.toContain(moment['base64 kubeconfig']);
  });

  test.each(fed.filter(([, { status }]) => status === null || status >= 300))('%s is told as what it is', async (_name, vector, ask) => {
    const found = await outcome(vector, ask);
    // Of some 500s the client knows what they mean, and that trying again would not help.
    const faults = vector.status === null ? ['cut'] : vector.status >= 500 ? ['unavailable', 'rejected'] : ['rejected'];
    expect([{ before: true, sent: 0 }, ...faults.map((fault) => ({ status: vector.status, fault }))]).toContainEqual(found);
  });
});
