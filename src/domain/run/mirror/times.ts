import { parseServerTime, pickTime } from '../../../upstream/paddleflow/time.ts';
import type { ReadTime } from '../model.ts';

/** Reads the zoneless times of one server. */
export const readTimesOf =
  (zone: string): ReadTime =>
  (text, notBefore) => {
    const time = parseServerTime(text, zone);
    return time === undefined ? null : pickTime(time, notBefore);
  };
