import { datastory } from './backends/datastory/backend.ts';
import { paddleflow } from './backends/paddleflow/backend.ts';
import type { Backend } from './source/backend.ts';

/** Every kind of backend, a line each: nothing else outside of its folder names one. */
export const backends: readonly Backend[] = [paddleflow, datastory];
