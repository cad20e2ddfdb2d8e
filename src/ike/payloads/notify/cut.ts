import { u16At, u32At } from "../../../bytes/reader.js";
import type { IkeMessage, OpaquePayload } from "../../message.js";
import { PAYLOAD_V1, PAYLOAD_V2 } from "../../registries/payload-types.js";
import type { NotifyPayload } from "./type.js";

/** Protocol, SPI size and notify type (RFC 7296 3.10); IKEv1 has the DOI before them (RFC 2408 3.14). Bytes. */
const FIXED_FIELDS = 4;
const DOI = 4;

/**
 * The notify payload in which the captured bytes of `message` end: its fixed fields, with SPI and data as far as they are there.
 * Null where it is whole or something else is cut, or where the type of the notify is not captured.
 */
export function cutNotify({ header, available, payloads }: IkeMessage): NotifyPayload | null {
  const last = payloads.at(-1);
  const isV1 = header.majorVersion === 1;
  if (last?.kind !== "opaque" || available >= header.length) return null;
  return last.type === (isV1 ? PAYLOAD_V1.NOTIFY : PAYLOAD_V2.NOTIFY) ? fieldsOf(last, isV1) : null;
}

function fieldsOf({ body, ...frame }: OpaquePayload, isV1: boolean): NotifyPayload | null {
  const at = isV1 ? DOI : 0;
  const spiSize = body[at + 1];
  if (spiSize === undefined || body.length < at + FIXED_FIELDS) return null;
  const spiAt = at + FIXED_FIELDS;
  return {
    ...frame,
    kind: "notify",
    doi: isV1 ? u32At(body, 0) : null,
    protocol: body[at] ?? 0,
    spi: body.subarray(spiAt, spiAt + spiSize),
    notifyType: u16At(body, at + 2),
    data: body.subarray(spiAt + spiSize),
  };
}
