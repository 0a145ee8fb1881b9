import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Node's own loader: with vite's, a second copy of graphql would be loaded and our errors would not be recognised as ours.
    experimental: { viteModuleRunner: false },
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    // Files share their workers' modules: half of the time of a run was loading the same graph over and over.
    isolate: false,
    maxWorkers: 2,
    // Tests wait for what happens and not for a time: this only ends those for which it never does, on a machine however busy.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
