import type { SaSpis } from "../scenario/wire.js";
import type { ChildPair } from "./kernel.js";

/** Content of an IKEv2 message, as the receiver understands it. */
export type Content =
  | { readonly is: "init"; readonly hasCookie: boolean }
  | { readonly is: "cookie" | "no-proposal" | "auth-refused" | "rejects" }
  /** IKE_AUTH with AUTH, without it where EAP is asked for, and with AUTH at the end of EAP. */
  | { readonly is: "auth" | "eap-start" | "eap-proof"; readonly child: ChildPair }
  | { readonly is: "eap-request"; readonly round: number; readonly bytes: number }
  | {
      readonly is: "eap-answer";
      readonly round: number;
      readonly bytes: number;
      readonly child: ChildPair;
    }
  | { readonly is: "eap-success" | "eap-failure" }
  | { readonly is: "set-up"; readonly child: ChildPair | null; readonly isAfterEap: boolean }
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

const REFUSALS: readonly string[] = ["no-proposal", "auth-refused", "refused", "rejects"];

/** Error notifies, that stand in clear or alone in an encrypted response. EAP success and failure are as long as each other. */
export function isRefusal({ content: { is } }: IkeMessage): boolean {
  return REFUSALS.includes(is);
}
