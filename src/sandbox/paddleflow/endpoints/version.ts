import type { Endpoint } from '../wire/call.ts';
import { ok } from '../wire/call.ts';

export const version: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/version',
    handle: (_call, { birth }) =>
      ok({
        gitVersion: birth.era === 'v0.13' ? 'v0.13.0-sandbox' : 'v0.14.6-sandbox',
        gitCommit: '3ca9ece',
        gitBranch: 'sandbox',
        buildDate: '2024-03-25T08:00:00Z',
        goVersion: 'go1.17.13',
        compiler: 'gc',
        platform: 'linux/amd64',
      }),
  },
];
