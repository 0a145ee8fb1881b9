import { createHash } from 'node:crypto';
import { parseMemory } from './quantity.ts';
import type { JobRow } from './job-rows.ts';

export const metricNames = [
  'cpu_usage_rate',
  'memory_usage_rate',
  'memory_usage',
  'disk_usage',
  'net_receive_bytes',
  'net_send_bytes',
  'disk_read_rate',
  'disk_write_rate',
  'gpu_util',
  'gpu_memory_util',
  'gpu_memory_usage',
] as const;
export type MetricName = (typeof metricNames)[number];

/** Of one card, in bytes. */
const cardMemory = 32 * 1024 ** 3;
const gpu = 'nvidia.com/gpu';

export const cardsOf = ({ flavour }: JobRow): number => Number(flavour.scalarResources?.[gpu] ?? 0);
export const deviceType = gpu;

/**
 * What a pod would have shown at a moment of its life: plausible, and the same whenever it is asked for. Undefined: it did not run then, or it has
 * no card.
 */
export function sampleOf(row: JobRow, pod: string, metric: MetricName, at: number): number | undefined {
  const [from, to = Infinity] = [row.job.startedAt(), row.job.finishedAt()];
  if (from === undefined || at < from || at > to || (metric.startsWith('gpu') && cardsOf(row) === 0)) return undefined;
  const age = (at - from) / 1000;
  const level = (what: string, low: number, high: number) => {
    const base = low + (high - low) * chance(`${pod} ${what}`);
    // It warms up, swings, and trembles.
    const swing = 0.08 * Math.sin(age / 17 + 6 * chance(`${what} ${pod}`)) + 0.06 * (chance(`${pod} ${what} ${at}`) - 0.5);
    return base * (1 - Math.exp(-(age + 2) / 8)) * (1 + swing);
  };
  const cpu = Math.min(100, level('cpu', 35, 92));
  const memory = Math.min(100, level('memory', 10, 75));
  const card = Math.min(100, level('card memory', 40, 85));
  const values: Record<MetricName, number> = {
    cpu_usage_rate: cpu,
    memory_usage_rate: memory,
    memory_usage: Math.round(((parseMemory(row.flavour.mem) ?? 0) * memory) / 100),
    disk_usage: Math.round(4096 * (1 + age * 12 * chance(`${pod} disk`))),
    net_receive_bytes: level('received', 500, 2e6),
    net_send_bytes: level('sent', 200, 4e5),
    disk_read_rate: level('read', 0, 8e6),
    disk_write_rate: level('written', 0, 3e6),
    gpu_util: Math.min(100, level('card', 60, 99)),
    gpu_memory_util: card,
    gpu_memory_usage: Math.round((cardMemory * cardsOf(row) * card) / 100),
  };
  return Math.round(values[metric] * 100) / 100;
}

/** As `/statistics/job` writes it (2.14). */
export function formatSample(metric: MetricName, value: number): string {
  const number = value.toFixed(2);
  if (metric.endsWith('_rate') && !metric.startsWith('disk')) return `${number}%`;
  if (metric.endsWith('_util')) return `${number}%`;
  return metric.endsWith('_usage') ? `${number}(Bytes)` : `${number}(B/s)`;
}

/** 0 to 1, always the same for the same text. */
const chance = (text: string): number => createHash('md5').update(text).digest().readUInt32BE() / 2 ** 32;
