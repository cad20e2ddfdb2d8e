import type { Micros } from "../../bytes/time.js";
import type { LiveEvent } from "../event.js";
import type { CaptureStatus, TunnelAccount } from "./account.js";

/** The gateway that an event is from, and its place among the events of that gateway. */
export interface Origin {
  /** Name of the gateway: letters, digits, `-` and `_`. */
  readonly gateway: string;
  /** Given by the operator, such as isp=x. */
  readonly labels: Readonly<Record<string, string>>;
  /** Another one each time that the program starts. */
  readonly boot: string;
  /** From 1, without a gap; so that gateway, boot and sequence name one event. */
  readonly sequence: number;
}

/** Everything that a gateway publishes: the events of `live --json`, and the accounts that other ends are compared with. */
export type Published =
  | LiveEvent
  | (CaptureStatus & { readonly kind: "gateway-status" })
  | { readonly kind: "tunnel-accounts"; readonly time: Micros; readonly accounts: readonly TunnelAccount[] };
