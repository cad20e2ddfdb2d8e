import type { CaptureRecord } from "../capture/source.js";
import { Dissector } from "../packet/dissector.js";
import { IpHeader } from "../packet/ip/header.js";
import { PACKET } from "../packet/packet.js";
import { fragmentLook, isFragment } from "./fragment-look.js";
import { type Look, NOTHING } from "./look.js";
import { endsOf, outerIp } from "./outer-ip.js";
import { packetLook } from "./packet-look.js";

/** Bytes behind an IP header that tell ports. */
const PORTS = 8;
/** Headers of a frame that is not IP, with two tags and PPPoE, or cooked. */
const LINK_HEADERS = 32;

/** Looks at frames one after the other; fragments are told by their IP header, so nothing waits for them. */
export class FrameLooker {
  readonly #dissector = new Dissector();
  readonly #header = new IpHeader();

  look(record: CaptureRecord): Look {
    const { bytes, start, end } = record;
    const header = this.#header;
    const hasIp = outerIp(header, record);
    if (hasIp && isFragment(header)) return fragmentLook(header, end);
    const { notIp } = this.#dissector.counters;
    const kind = this.#dissector.dissect(record, record.frame);
    if (kind !== PACKET.skipped) return packetLook(kind, this.#dissector.view, bytes, end);
    const headersEnd = Math.min(end, hasIp ? header.payloadStart + PORTS : start + LINK_HEADERS);
    return {
      ...NOTHING,
      ...(hasIp ? endsOf(header) : {}),
      isNotIp: this.#dissector.counters.notIp > notIp,
      cutEnd: headersEnd,
      headEnd: headersEnd,
    };
  }
}
