import type { ByteReader } from "../../../bytes/reader.js";
import { type PayloadFrame, payloadOf } from "../frame.js";
import type { PuzzleSolutionPayload } from "./type.js";

/** PS of IKEv2 (RFC 8019 8.2): data alone, for a proof of work four keys of equal size. */
export function decodePuzzleSolution(frame: PayloadFrame, body: ByteReader): PuzzleSolutionPayload {
  return payloadOf(frame, {
    kind: "puzzleSolution",
    data: body.rest(),
  });
}
