import type { ByteReader } from "../../../bytes/reader.js";
import { declaredWindow, faultAt, requireEnd } from "../decoder.js";
import type { DeletePayload } from "./type.js";
import { type PayloadFrame, payloadOf } from "../frame.js";

/** Delete of IKEv2 (RFC 7296 3.11): protocol, SPI size, number of SPIs, SPIs; none for an IKE SA. */
export function decodeDeleteV2(frame: PayloadFrame, body: ByteReader): DeletePayload {
  return readDelete(frame, body, null);
}

/** Delete of IKEv1 (RFC 2408 3.15): the same behind a DOI; an ISAKMP SA is named by its 16 cookie bytes. */
export function decodeDeleteV1(frame: PayloadFrame, body: ByteReader): DeletePayload {
  return readDelete(frame, body, body.u32("domain of interpretation"));
}

function readDelete(frame: PayloadFrame, body: ByteReader, doi: number | null): DeletePayload {
  const protocol = body.u8("protocol");
  const size = body.u8("SPI size");
  const count = body.u16("number of SPIs");
  // Eight bytes must not be able to ask for 65,535 empty arrays.
  if (size === 0 && count > 0) throw faultAt(body, "delete payload", `${count} SPIs of no bytes`);
  const list = declaredWindow(body, size * count, "IKE SPI size", "SPIs");
  const spis: Uint8Array[] = [];
  while (list.remaining > 0) spis.push(list.take(size, "SPI"));
  requireEnd(body, "delete payload");
  return payloadOf(frame, {
    kind: "delete",
    doi,
    protocol,
    spis,
  });
}
