import type { PayloadFrame } from "../frame.js";

/** A payload whose body is not decoded: unknown, without a form of its own, or broken (then the message's problem says how). */
export interface OpaquePayload extends PayloadFrame {
  readonly kind: "opaque";
  readonly body: Uint8Array;
}
