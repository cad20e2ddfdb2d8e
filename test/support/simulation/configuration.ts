import type { Clock } from "./clock.js";
import type { Draws } from "./draws.js";
import type { Eap } from "./eap.js";
import type { Shape } from "./encoding.js";
import type { PhaseOne } from "./exchanges-v1.js";
import type { Kernel } from "./kernel.js";
import type { Path } from "./path.js";
import type { Product } from "./products.js";

/** The step of IKEv2 that a daemon refuses. */
type RefusedV2 =
  | "proposal"
  | "authentication"
  | "response"
  | "child"
  | "child-rekey"
  | "ike-rekey"
  /** EAP fails in the end, or its server gives no answer. */
  | "eap"
  | "eap-server-off"
  /** The certificate in the first answer, with a notify or without a word. */
  | "certificate"
  | "certificate-silently";

/** The step of IKEv1 that a daemon refuses: a message that it does not take, or what comes of XAUTH. */
type RefusedV1 = "main-5" | "aggressive-1" | "aggressive-2" | "xauth" | "xauth-2" | "quick-1" | "quick-rekey";

/** The configuration of a daemon; a fault changes it. */
export interface Configuration {
  readonly product: Product;
  /** Seconds, each drawn a little shorter. */
  readonly check: number;
  readonly childLifetime: number;
  readonly ikeLifetime: number;
  readonly demandsCookie: boolean;
  /** Seconds before a failed setup is tried again; null: never. */
  readonly retry: number | null;
  /** Whether the host sends to where packets come from. */
  readonly followsNat: boolean;
  /** A fault: the step that it refuses. */
  refuses: "nothing" | RefusedV2 | RefusedV1;
  /** IKEv1: it says nothing of what it refuses. */
  readonly objectsSilently: boolean;
  /** Its host sends ICMP port unreachable when the daemon has ended. */
  readonly saysUnreachable: boolean;
  /** How users log in; null where peers authenticate themselves. */
  readonly eap: Eap | null;
  readonly phaseOne: PhaseOne;
  /** Seconds that the user takes to log in. */
  userTakes: number;
  /** Seconds after which a setup that does not go on is forgotten. */
  halfOpen: number;
}

/** A daemon of either version, as faults find it. */
export interface AnyDaemon {
  isOn: boolean;
  readonly kernel: Kernel;
  readonly configuration: Configuration;
  readonly opens: () => void;
  readonly restarts: () => void;
}

/** All that daemons share. */
export interface Surroundings {
  readonly clock: Clock;
  readonly draws: Draws;
  readonly path: Path;
  readonly shape: Shape;
}
