import { z } from 'zod';
import { ExactNumber } from '../../../core/exact-number.ts';

/** What the status call answers (contract 3): one flat object. Times that have not come are left out, null or "". `status` stays a text: a new word must not cost the task. */
export const WireTask = z.object({
  id: z.union([z.number(), z.instanceof(ExactNumber), z.string()]),
  status: z.string().min(1),
  addTime: z.string().nullish(),
  startTime: z.string().nullish(),
  finishTime: z.string().nullish(),
});
export type WireTask = z.output<typeof WireTask>;

/** The platform's two kinds of file systems on the wire (contract 2). All values are texts, `port` as well. */
export interface WireHdfs {
  readonly fileSystemType: 'HDFS';
  readonly host: string;
  readonly port: string;
  readonly spareHost?: string;
  readonly userName: string;
}
export interface WireCeph {
  readonly fileSystemType: 'CEPH';
  readonly host: string;
  readonly port: string;
  /** The access key of the bucket: a secret, whatever its name (contract 6). */
  readonly userName: string;
  readonly password: string;
}
export type WireFileSystem = WireHdfs | WireCeph;

/** A submission (contract 4.2); the e-mail address and the parameters of the algorithm stand beside these, under configured keys. */
export interface WireSubmission {
  readonly inputFileSystemInfo: WireFileSystem & { readonly inputPath: string };
  readonly outputFileSystemInfo: WireFileSystem & { readonly outputPath: string };
  readonly [key: string]: unknown;
}
