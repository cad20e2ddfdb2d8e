import type { Address } from "../../bytes/address.js";
import type { Implementation } from "../../session/implementation.js";

/** The commands for one peer. */
export interface PeerCommands {
  readonly peer: Address;
  readonly product: string;
  /** How the product is known. */
  readonly known: Pick<Implementation, "by" | "confidence">;
  readonly lines: readonly string[];
}
