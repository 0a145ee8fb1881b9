import { parseServerTime, pickTime } from '../../../core/server-time.ts';
import type { ReadTime } from '../run/model.ts';

/** Reads the zoneless times of one server. */
export const readTimesOf =
  (zone: string): ReadTime =>
  (text, notBefore) => {
    const time = parseServerTime(text, zone);
    return time === undefined ? null : pickTime(time, notBefore);
  };
