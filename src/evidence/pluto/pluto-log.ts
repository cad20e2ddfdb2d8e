import { addressBytes } from "../../bytes/address.js";
import { addressesOf, numberOf, spiOf, valueOf } from "../charon/charon-log.js";
import type { LogLine } from "../lines/line.js";
import { NAT_T_PORT } from "../../ike/ports.js";
import type { Endpoint, HostEvent, MessageNote, Source } from "../record.js";
import { safeText } from "../secrets.js";
import type { Found } from "../template.js";
import { PLUTO_MESSAGES, PLUTO_PREFIX } from "./messages.js";

const MARKER_BYTES = 4;
/** "{ESP=>0xfa766378 <0xd18aff1d xfrm=..": out and in, as pluto tells a pair of SPIs. */
const PAIR = /(?:ESP|AH)[^=]{0,40}=>0x([0-9a-f]{1,8}) <0x([0-9a-f]{1,8})/;

/** The event of a line of pluto's log or of whack's output; null where it tells nothing. */
export function plutoEvent(line: LogLine, source: Source): HostEvent | null {
  const whole = line.message.trim();
  const prefix = PLUTO_PREFIX.exec(whole);
  const message = prefix === null ? whole : whole.slice(prefix[0].length);
  const row = PLUTO_MESSAGES.find(message);
  if (row === null || row.value.kind === null) return null;
  const { kind, cause } = row.value;
  const { found } = row;
  const pair = PAIR.exec(valueOf(found, "sa") ?? "");
  const [, name = null, , peer = "", number] = prefix ?? [];
  const address = peer.replace(/\[.*$/, "");
  return {
    source,
    stamp: line.stamp,
    writtenTime: line.stampText,
    kind,
    cause,
    daemon: "pluto",
    thread: null,
    ikeName: name,
    ikeId: number === undefined ? null : Number(number),
    childName: kind === "child-up" ? name : null,
    reqid: null,
    spiIn: spiOf(pair?.[2] ?? null),
    spiOut: spiOf(pair?.[1] ?? null),
    message: kind === "sent" || kind === "received" ? noteOf(found, kind === "sent") : null,
    addresses: [...(addressBytes(address) === null ? [] : [address]), ...addressesOf(found)],
    text: safeText(whole),
  };
}

function noteOf(found: readonly Found[], out: boolean): MessageNote {
  const from = colonEndpoint(valueOf(found, "from"));
  return {
    out,
    from,
    to: colonEndpoint(valueOf(found, "to")),
    length: ikeLength(numberOf(valueOf(found, "length")), from, out),
    exchange: null,
    messageId: null,
    response: null,
    payloads: null,
  };
}

/** pluto counts the marker of NAT-T (4 bytes) in what it sends, and not in what it received. */
function ikeLength(length: number | null, from: Endpoint | null, out: boolean): number | null {
  return length !== null && out && from?.port === NAT_T_PORT ? length - MARKER_BYTES : length;
}

function colonEndpoint(text: string | null): Endpoint | null {
  const match = /^\[?(.*?)\]?:(?:UDP\/|TCP\/)?(\d+)$/.exec(text ?? "");
  const address = match?.[1] ?? "";
  return match === null || addressBytes(address) === null ? null : { address, port: Number(match[2]) };
}
