import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Node's own loader: with vite's, a second copy of graphql would be loaded and our errors would not be recognised as ours.
    experimental: { viteModuleRunner: false },
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    // Files share their workers' modules: half of the time of a run was loading the same graph over and over.
    isolate: false,
    // One more than the cores of a small machine: most of a test is waiting for what happens next.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Tests wait for what happens and not for a time: this only ends those for which it never does, on a machine however busy.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
