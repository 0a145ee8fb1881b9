import { z } from 'zod';
import { pageOf, text, texts } from './parts.ts';

/** The key is `mem` here, in answers too (2.4). The cluster it is bound to, if any, is not told. */
export const WireFlavour = z.object({
  id: text,
  name: z.string().min(1),
  cpu: text,
  mem: text,
  scalarResources: texts,
  createTime: text,
  updateTime: text,
});
export type WireFlavour = z.output<typeof WireFlavour>;
/** `flavourList` is null when empty (2.4). */
export const WireFlavourPage = pageOf('flavourList', WireFlavour);
export const WireCreatedFlavour = z.object({ name: z.string().min(1) });
