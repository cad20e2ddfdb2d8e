import type { ByteReader } from "../../../bytes/reader.js";
import { declaredWindow } from "../decoder.js";
import { type PayloadFrame, payloadOf } from "../frame.js";
import type { NotifyPayload } from "./type.js";

/** Notify of IKEv2 (RFC 7296 3.10): protocol, SPI size, type, SPI, data. */
export function decodeNotifyV2(frame: PayloadFrame, body: ByteReader): NotifyPayload {
  return readNotify(frame, body, null);
}

/** Notification of IKEv1 (RFC 2408 3.14): the same behind a DOI. */
export function decodeNotifyV1(frame: PayloadFrame, body: ByteReader): NotifyPayload {
  return readNotify(frame, body, body.u32("domain of interpretation"));
}

function readNotify(frame: PayloadFrame, body: ByteReader, doi: number | null): NotifyPayload {
  const protocol = body.u8("protocol");
  const spiSize = body.u8("SPI size");
  const notifyType = body.u16("notify type");
  const spi = declaredWindow(body, spiSize, "IKE SPI size", "SPI").rest();
  return payloadOf(frame, {
    kind: "notify",
    doi,
    protocol,
    spi,
    notifyType,
    data: body.rest(),
  });
}

/** Notify of AuthIP ([MS-AIPS] 2.2.3.5): flags in place of the SPI size, and no SPI. */
export function decodeNotifyAuthIp(frame: PayloadFrame, body: ByteReader): NotifyPayload {
  const doi = body.u32("domain of interpretation");
  const protocol = body.u8("protocol");
  body.skip(1, "notify flags");
  const notifyType = body.u16("notify type");
  return payloadOf(frame, {
    kind: "notify",
    doi,
    protocol,
    spi: body.take(0, "SPI"),
    notifyType,
    data: body.rest(),
  });
}
