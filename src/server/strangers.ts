/** What is done for those of whom it is not known who they are. */
export interface StrangerLimits {
  /** Connections at a time on which nobody is known. */
  connections: number;
  /** The same from one network, see `Client`. */
  connectionsPerNetwork: number;
  /** Of a body, or of a message on a WebSocket, in bytes. */
  messageBytes: number;
  /** How long the headers of any request may take, and the body of a stranger's, in milliseconds. */
  requestMs: number;
  /** How long a client may take for its `connection_init`, in milliseconds. */
  initMs: number;
  /** How long a WebSocket lives on which no valid token has come, in milliseconds. */
  socketMs: number;
}

export const defaultStrangerLimits: StrangerLimits = {
  connections: 1000,
  connectionsPerNetwork: 200,
  messageBytes: 8 * 1024,
  requestMs: 10_000,
  initMs: 3_000,
  socketMs: 30_000,
};
