import { keyOf } from '../../../core/key.ts';
import type { WireRunCache } from '../wire/wire.ts';
import type { ReadTime } from '../run/model.ts';

/** Seconds; null is never. A text that is no number, or none that ends before the sun does, says nothing, and a record without a limit is the usual one. */
const secondsOf = (expiredTime: string): number | null => (/^\d{1,15}$/.test(expiredTime) ? Number(expiredTime) : null);

export function runCacheFromWire(source: string, wire: WireRunCache, readTime: ReadTime) {
  const updatedAt = readTime(wire.updateTime);
  const expiresAfterSeconds = secondsOf(wire.expiredTime);
  // Counted from its update (contract 7.12); what lies beyond the calendar never comes.
  const expiry = expiresAfterSeconds === null || updatedAt === null ? null : new Date(updatedAt.getTime() + expiresAfterSeconds * 1000);
  return {
    kind: 'RunCache' as const,
    key: keyOf(source, wire.cacheID),
    source,
    cacheId: wire.cacheID,
    runId: wire.runID,
    jobId: wire.jobID,
    origin: wire.source,
    fileSystem: wire.fsname,
    ownerName: wire.username,
    firstFingerprint: wire.firstFp,
    secondFingerprint: wire.secondFp,
    strategy: wire.strategy,
    expiresAfterSeconds,
    expiresAt: expiry === null || Number.isNaN(expiry.getTime()) || expiry.getUTCFullYear() > 9999 ? null : expiry,
    createdAt: readTime(wire.createTime),
    updatedAt,
  };
}
export type RunCache = Readonly<ReturnType<typeof runCacheFromWire>>;
