import type { ByteReader } from "../../../bytes/reader.js";
import type { PayloadFrame } from "../frame.js";
import type { PuzzleSolutionPayload } from "./type.js";

/** PS of IKEv2 (RFC 8019 8.2): data alone, for a proof of work four keys of equal size. */
export function decodePuzzleSolution(frame: PayloadFrame, body: ByteReader): PuzzleSolutionPayload {
  return {
    kind: "puzzleSolution",
    type: frame.type,
    offset: frame.offset,
    length: frame.length,
    critical: frame.critical,
    data: body.rest(),
  };
}
