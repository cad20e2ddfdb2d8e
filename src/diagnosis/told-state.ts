import type { Code } from "./codes.js";

/** The state of an IKE SA that its messages alone would call up, or otherwise than the findings do. */
export type ToldState =
  /**
   * By a finding, which has this code: `not-up` and `perhaps-not-up` by the root of a tunnel that fails, or is only suspected; `was-up`
   * where its requests went unanswered in the end, the peer has forgotten it, or the finding tells why nothing is left of it.
   */
  | { readonly kind: "not-up" | "perhaps-not-up" | "was-up"; readonly code: Code }
  /** Its answer sends the client to another gateway. */
  | { readonly kind: "redirected"; readonly code: null }
  /** Its own messages end it. */
  | { readonly kind: "deleted" | "replaced"; readonly code: null }
  /** The root finding says so, and the lengths of its messages do not: in IKEv1, behind the rounds of EAP, or by a log or keys. */
  | { readonly kind: "child-refused" | "authentication-refused"; readonly code: null }
  /** The initiator may have refused the answer, and nothing in the capture tells. */
  | { readonly kind: "up-or-refused"; readonly code: null }
  /** The last answer of EAP is as short as a refusal, its success and a short request are, and nothing in the capture tells. */
  | { readonly kind: "unknown"; readonly code: null };
