import type { Control } from './control/control.ts';
import type { Pace } from './state/state.ts';

/** What is marked * counts at the first start on a data folder and is kept in its journal from then on. */
export interface SandboxOptions {
  /** `real`: time goes on by itself, also while no process lives. `manual`: only when it is advanced. */
  readonly clock: 'real' | 'manual';
  /** Sandbox seconds per real second; default 1. */
  readonly rate?: number;
  /** Of the API; default 0, which takes a free one. */
  readonly port?: number;
  /** Where the API listens; default 127.0.0.1. The control port is always on loopback. */
  readonly host?: string;
  /** Default 0. */
  readonly controlPort?: number;
  /** Keeps the journal; without it everything ends with the process. */
  readonly dataDir?: string;
  /** * An IANA zone; default Asia/Shanghai. */
  readonly zone?: string;
  /** * The sandbox's time at its first start, in milliseconds since the epoch; default: the wall's. */
  readonly startAt?: number;
  /** * Milliseconds; zeros are allowed. */
  readonly pace?: Partial<Pace>;
  /** * `empty` (default): what a new server makes itself, with the user root / paddleflow. `demo`: see seed/demo.ts. */
  readonly seed?: 'demo' | 'empty';
  /** How often the demo starts a run of its own, in real milliseconds; default 60,000. Only with a real clock. */
  readonly demoEveryMs?: number;
  /** * Hexadecimal; default random. The marker's key has 16 bytes. */
  readonly tokenKey?: string;
  readonly markerKey?: string;
  /** * Default -1: never. */
  readonly tokenExpirationHours?: number;
  /** * `v0.13`: a server from before v0.14.1, where queues are closed before they are deleted and cannot be updated. Default: of today. */
  readonly version?: 'v0.13';
  /** * `mysql`: where that database differs from SQLite, the default. */
  readonly database?: 'mysql';
  /** * `several`: a server that is not in single-cluster mode, so that nothing has a default cluster or queue. Default: as shipped. */
  readonly clusters?: 'several';
  /** * `needed`: a cluster of type Kubernetes is refused without a credential, as one of type K3S is; nobody has seen which is so. Default: taken. */
  readonly kubernetesCredential?: 'needed';
}

export interface PaddleFlowSandbox extends AsyncDisposable {
  /** Without a path, such as `http://127.0.0.1:8999`. */
  readonly url: string;
  readonly controlUrl: string;
  readonly control: Control;
  /** Ends open connections at once. */
  close(): Promise<void>;
}
