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
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
