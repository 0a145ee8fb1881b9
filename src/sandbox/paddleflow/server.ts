import type { Server } from 'node:http';
import { createApiServer as createKitServer } from '../kit/api-server.ts';
import type { CallLog } from '../kit/call-log.ts';
import type { WireFaults } from '../kit/wire-faults.ts';
import type { WireFaultKind } from './control/orders.ts';
import type { Core } from './core.ts';
import { isJobPush } from './job-push.ts';
import { orderedError, quirkOf, replyTo, twisted } from './reply.ts';

export interface ServerParts {
  readonly core: Core;
  readonly faults: WireFaults<WireFaultKind>;
  readonly calls: CallLog;
  /** Aborted when the sandbox closes: nobody waits for a slow answer then. */
  readonly closing: AbortSignal;
}

/** The API port: faults in front, the server behind them. */
export const createApiServer = ({ core, ...parts }: ServerParts): Server =>
  createKitServer<WireFaultKind>({
    ...parts,
    requestIdHeader: 'x-pf-request-id',
    server: { shouldUpgradeCallback: isJobPush },
    now: () => core.catchUp(),
    errorReply: orderedError,
    twist: twisted,
    reply: ({ header, ...request }, fault) =>
      replyTo(core, {
        ...request,
        token: header('x-pf-authorization'),
        claimedUser: header('x-pf-user-name'),
        quirk: fault && quirkOf(fault),
      }),
  });
