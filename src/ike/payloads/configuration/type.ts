import type { TransformAttribute } from "../attribute.js";
import type { PayloadFrame } from "../frame.js";

/** CP of IKEv2 (RFC 7296 3.15), and the attributes payload of IKEv1's mode config and XAUTH. */
export interface ConfigurationPayload extends PayloadFrame {
  readonly kind: "configuration";
  readonly configType: number;
  /** IKEv1 only: ties a reply to its request. */
  readonly identifier: number | null;
  /** `value` and `bytes` as in transforms; IKEv2 has the variable-length form alone. */
  readonly attributes: readonly TransformAttribute[];
}
