import type { Micros } from "../../bytes/time.js";
import type { Suite } from "../../ike/suite.js";
import type { ContentClass } from "../classes.js";
import type { Exchange } from "./exchange.js";

/** How far one IKE SA came, as far as the capture shows it. */
type SetupState =
  /** No normal answer to the first message. */
  | "opening"
  /** The first exchange (IKEv1 main mode: any exchange before the authentication) is answered, the next message is missing. */
  | "opening-answered"
  /** The authentication (or an exchange between) was requested and not answered. */
  | "authenticating"
  /** The answer to the authentication can only be an error. */
  | "authentication-refused"
  /** The IKE SA is up, the first Child SA was refused. */
  | "child-refused"
  /** IKEv1: phase 1 is up, no quick mode has been answered. */
  | "phase-1-up"
  /** The IKE SA and, as far as can be told, its Child SA are up. */
  | "up"
  /** The capture does not hold enough to say. */
  | "unknown";

export interface Progress {
  readonly state: SetupState;
  /** Negotiated algorithms, where the exchange that chose them is in the capture. */
  readonly suite: Suite | null;
  /** IKE_SA_INIT rounds, or the exchanges of phase 1 before the authentication. */
  readonly opening: readonly Exchange[];
  /** The exchange whose answer chose the algorithms; null where none did. */
  readonly chosen: Exchange | null;
  /** IKE_INTERMEDIATE, IKE_AUTH; main mode 5, aggressive 3. */
  readonly authentication: readonly Exchange[];
  /** Quick mode (IKEv1). */
  readonly quick: readonly Exchange[];
  /** Everything after the setup: CREATE_CHILD_SA, INFORMATIONAL. */
  readonly later: readonly Exchange[];
  readonly authClass: ContentClass | null;
  /** When the capture first proves that the IKE SA is up; null where it never does. */
  readonly upAt: Micros | null;
}
