import { u32At } from "../../bytes/reader.js";
import type { IpHeader } from "../../packet/ip/header.js";
import type { AddressPair } from "../headers.js";
import { putU32 } from "../identifiers.js";
import { DONE, type Layers } from "../layer.js";

const AH_HEADER = 12;

/** AH (RFC 4302 section 2): what it protects is in clear behind it. */
export function rewriteAh(header: IpHeader, _pair: AddressPair, _depth: number, layers: Layers): number {
  const { bytes, payloadStart: start, payloadEnd: end } = header;
  const { identifiers } = layers.replacements;
  if (end - start < AH_HEADER) {
    bytes.fill(0, Math.min(end, start + 4), end);
    return DONE;
  }
  const declaredEnd = start + ((bytes[start + 1] as number) + 2) * 4;
  const behind = Math.max(Math.min(end, declaredEnd), start + AH_HEADER);
  putU32(bytes, start + 4, identifiers.espSpi(u32At(bytes, start + 4)));
  // Reserved.
  bytes.fill(0, start + 2, start + 4);
  identifiers.packet(bytes, start, start + AH_HEADER, behind);
  bytes.fill(0, behind, end);
  return DONE;
}
