import type { WireJobStatistics } from '../wire/wire.ts';

/** What a number counts. */
export type MetricUnit = 'PERCENT' | 'BYTES' | 'BYTES_PER_SECOND';

/** PaddleFlow's eleven metrics (contract 2.14): our name and the unit of each. `net_…_bytes` are rates in spite of their names. */
const metrics = {
  cpu_usage_rate: ['cpuPercent', 'PERCENT'],
  memory_usage_rate: ['memoryPercent', 'PERCENT'],
  memory_usage: ['memoryBytes', 'BYTES'],
  disk_usage: ['diskBytes', 'BYTES'],
  net_receive_bytes: ['networkReceivedBytesPerSecond', 'BYTES_PER_SECOND'],
  net_send_bytes: ['networkSentBytesPerSecond', 'BYTES_PER_SECOND'],
  disk_read_rate: ['diskReadBytesPerSecond', 'BYTES_PER_SECOND'],
  disk_write_rate: ['diskWrittenBytesPerSecond', 'BYTES_PER_SECOND'],
  gpu_util: ['gpuPercent', 'PERCENT'],
  gpu_memory_util: ['gpuMemoryPercent', 'PERCENT'],
  gpu_memory_usage: ['gpuMemoryBytes', 'BYTES'],
} as const satisfies Record<string, readonly [string, MetricUnit]>;
type Word = keyof typeof metrics;
export type MetricName = (typeof metrics)[Word][0];

/** Null for a metric of a newer server. */
export const unitOf = (word: string): MetricUnit | null => (Object.hasOwn(metrics, word) ? metrics[word as Word][1] : null);

const suffixes: Readonly<Record<MetricUnit, string>> = { PERCENT: '%', BYTES: '(Bytes)', BYTES_PER_SECOND: '(B/s)' };

/** `45.20%`, `1073741824.00(Bytes)`, `10.00(B/s)`. Null for another unit than the metric's own, and for what is no number, such as `NaN%`. */
export function readMetric(text: string, unit: MetricUnit): number | null {
  const [, digits, suffix] = /^([+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)(.*)$/i.exec(text.trim()) ?? [];
  const value = Number(digits);
  return suffix === suffixes[unit] && Number.isFinite(value) ? value : null;
}

/** Null: the backend has no such number, as for GPUs where there are none. */
export type Statistics = Readonly<Record<MetricName, number | null>>;

export function statisticsFromWire(wire: WireJobStatistics): Statistics {
  const numbers = Object.entries(metrics).map(([word, [name, unit]]) => {
    const text = Object.hasOwn(wire, word) ? wire[word] : undefined;
    return [name, text === undefined ? null : readMetric(text, unit)] as const;
  });
  return Object.fromEntries(numbers) as Statistics; // one entry for each metric
}
