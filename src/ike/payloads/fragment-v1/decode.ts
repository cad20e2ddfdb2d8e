import type { ByteReader } from "../../../bytes/reader.js";
import type { FragmentV1Payload } from "./type.js";
import { type PayloadFrame, payloadOf } from "../frame.js";

const LAST_FRAGMENT = 0x01;

/** IKEv1 fragment (payload 132; no RFC, described in [MS-IKEE] 2.2.2): id, number, flags, piece of the message. */
export function decodeFragmentV1(frame: PayloadFrame, body: ByteReader): FragmentV1Payload {
  const id = body.u16("fragment id");
  const number = body.u8("fragment number");
  const last = (body.u8("fragment flags") & LAST_FRAGMENT) !== 0;
  return payloadOf(frame, {
    kind: "fragmentV1",
    id,
    number,
    last,
    data: body.rest(),
  });
}
