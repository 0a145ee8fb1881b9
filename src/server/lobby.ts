/** How many may be in it at a time. */
export interface LobbyLimits {
  readonly all: number;
  readonly perNetwork: number;
}

/** A place in the lobby. */
export interface Guest {
  /** Gives the place back: it is known now who that is, or they have gone. Safe to call twice. */
  leave(): void;
}

const makeRoom = (guests: ReadonlySet<() => void>, limit: number): void => {
  for (const showOut of guests) {
    if (guests.size < limit) return;
    showOut();
  }
};

/**
 * Who is connected and not known: connections without a whole request, requests of strangers that are half sent, sockets without a valid token. Where
 * it is full, the guest who has waited longest is shown out, not the one who comes: who is about to become known stays for some milliseconds, and
 * whoever fills the lobby stays as long as they are let. So neither a single network nor all together keep anybody else from coming in.
 */
export function createLobby({ all, perNetwork }: LobbyLimits) {
  const guests = new Set<() => void>();
  const networks = new Map<string, Set<() => void>>();

  return {
    size: (): number => guests.size,
    /** `network` is undefined for a proxy, which has many behind it. `showOut` ends the connection; it may be called at once. */
    enter(network: string | undefined, showOut: () => void): Guest {
      const own = network === undefined ? new Set<() => void>() : (networks.get(network) ?? new Set<() => void>());
      const leave = () => {
        guests.delete(end);
        own.delete(end);
        if (own.size === 0 && network !== undefined && networks.get(network) === own) networks.delete(network);
      };
      const end = () => {
        leave();
        showOut();
      };
      makeRoom(own, perNetwork);
      makeRoom(guests, all);
      own.add(end);
      if (network !== undefined) networks.set(network, own);
      guests.add(end);
      return { leave };
    },
  };
}
export type Lobby = ReturnType<typeof createLobby>;
