import type { PayloadFrame } from "../frame.js";

/** PS of IKEv2 (RFC 8019 8.2). */
export interface PuzzleSolutionPayload extends PayloadFrame {
  readonly kind: "puzzleSolution";
  readonly data: Uint8Array;
}
