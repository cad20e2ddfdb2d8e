import type { FragmentV1Payload } from "./message.js";

/**
 * The IKEv1 message whose fragments these are (payload 132, [MS-IKEE] 2.2.2), in any order; repeated ones count once, the
 * first wins. Null while one is missing. The caller has sorted them by peer and fragment id, and bounds how many it keeps.
 */
export function joinFragmentsV1(fragments: readonly FragmentV1Payload[]): Uint8Array | null {
  const byNumber = new Map<number, Uint8Array>();
  let total = 0;
  for (const { number, last, data } of fragments) {
    if (!byNumber.has(number)) byNumber.set(number, data);
    if (last) total = number;
  }
  const pieces: Uint8Array[] = [];
  for (let number = 1; number <= total; number++) {
    const piece = byNumber.get(number);
    if (piece === undefined) return null;
    pieces.push(piece);
  }
  return total === 0 ? null : joined(pieces);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const message = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    message.set(piece, at);
    at += piece.length;
  }
  return message;
}
