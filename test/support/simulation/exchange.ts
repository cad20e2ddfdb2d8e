import type { SaSpis } from "../scenario/wire.js";
import type { ChildPair } from "./kernel.js";

/** Content of an IKEv2 message, as the receiver understands it. */
export type Content =
  | { readonly is: "init"; readonly hasCookie: boolean }
  | { readonly is: "cookie" | "no-proposal" | "auth-refused" | "rejects" }
  | { readonly is: "auth"; readonly child: ChildPair }
  | { readonly is: "set-up"; readonly child: ChildPair | null }
  | { readonly is: "check" | "move" | "delete-ike" | "refused" | "busy" }
  | { readonly is: "rekey-child"; readonly old: ChildPair; readonly fresh: ChildPair }
  | { readonly is: "rekey-ike"; readonly fresh: SaSpis }
  | { readonly is: "delete-child"; readonly child: ChildPair };

export interface IkeMessage {
  readonly sa: SaSpis;
  readonly id: number;
  readonly isResponse: boolean;
  readonly content: Content;
  /** The request that this is, or answers: one object for all attempts. */
  readonly request: object;
}

/** Error notifies, that stand in clear or alone in an encrypted response. */
export function isRefusal({ content: { is } }: IkeMessage): boolean {
  return is === "no-proposal" || is === "auth-refused" || is === "refused" || is === "rejects";
}
