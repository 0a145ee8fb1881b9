/** A body that is being received. */
export interface Receipt {
  /** So many bytes more are kept for it. */
  add(bytes: number): void;
  end(): void;
}

/** Of bodies that have not come to their end. */
export interface IntakeLimits {
  /** Kept of all together. */
  readonly halfSentBytes: number;
  /** The same, of one viewer. */
  readonly halfSentBytesPerViewer: number;
  /** Bodies of one viewer at a time. */
  readonly halfSentPerViewer: number;
  /** Bodies of viewers who come from one network, see `Client`. */
  readonly halfSentPerNetwork: number;
}

export const defaultIntakeLimits: IntakeLimits = {
  halfSentBytes: 64 * 1024 * 1024,
  halfSentBytesPerViewer: 16 * 1024 * 1024,
  halfSentPerViewer: 50,
  halfSentPerNetwork: 200,
};

/** Who sends a body. A stranger is neither: they are in the lobby. */
export interface Sender {
  readonly viewer?: string | undefined;
  readonly network?: string | undefined;
}

/** The bodies that share a bound, the oldest first. */
interface Share {
  readonly most: number;
  readonly mostBytes: number;
  readonly bodies: Set<Body>;
  bytes: number;
}
interface Body {
  bytes: number;
  readonly shares: ReadonlyMap<string, Share>;
  readonly giveUp: () => void;
}

/**
 * All that is kept of bodies which have not come to their end. Where it is too much, of all, of a viewer or from a network, the body among those is given
 * up that has taken longest: the others are on their way, and who sends half a body on many connections has mostly their own to lose.
 */
export function createIntake(limits: IntakeLimits) {
  const { halfSentBytes, halfSentBytesPerViewer, halfSentPerViewer, halfSentPerNetwork } = limits;
  const shares = new Map<string, Share>();

  const shareOf = (key: string, most: number, mostBytes: number): [string, Share] => [
    key,
    shares.get(key) ?? { most, mostBytes, bodies: new Set(), bytes: 0 },
  ];
  function end(body: Body): void {
    for (const [key, share] of body.shares) {
      if (!share.bodies.delete(body)) continue;
      share.bytes -= body.bytes;
      if (share.bodies.size === 0) shares.delete(key);
    }
  }
  function makeRoom({ shares: own }: Body): void {
    for (const share of own.values()) {
      for (const oldest of share.bodies) {
        if (share.bodies.size <= share.most && share.bytes <= share.mostBytes) break;
        end(oldest);
        oldest.giveUp();
      }
    }
  }

  return {
    begin({ viewer, network }: Sender, giveUp: () => void): Receipt {
      const own = [shareOf('all', Infinity, halfSentBytes)];
      if (viewer !== undefined) own.push(shareOf(`viewer ${viewer}`, halfSentPerViewer, halfSentBytesPerViewer));
      if (network !== undefined) own.push(shareOf(`network ${network}`, halfSentPerNetwork, Infinity));
      const body: Body = { bytes: 0, shares: new Map(own), giveUp };
      for (const [key, share] of own) {
        shares.set(key, share);
        share.bodies.add(body);
      }
      makeRoom(body);
      return {
        add(bytes) {
          if (!own[0]?.[1].bodies.has(body)) return;
          body.bytes += bytes;
          for (const [, share] of own) share.bytes += bytes;
          makeRoom(body);
        },
        end: () => end(body),
      };
    },
    /** Nothing is kept of who sends nothing: what tests state. */
    shares: (): number => shares.size,
  };
}
export type Intake = ReturnType<typeof createIntake>;
