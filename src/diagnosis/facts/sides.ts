import type { Address } from "../../bytes/address.js";
import type { EspStream } from "../../esp/stream.js";
import type { Tunnel } from "../../session/model.js";
import { canonicalAddress } from "../../session/model/queries.js";
import { firstJudgement, type NatJudgement } from "../../session/nat.js";
import type { TunnelContext } from "../context.js";
import type { Evidence } from "../finding.js";
import type { Message } from "../../texts/message.js";

/** Streams between the tunnel's own addresses; the second view of a capture on a NAT device is left out. */
export function ownStreams({ streams, addresses }: Tunnel): readonly EspStream[] {
  const own = streams.filter(
    ({ source, destination }) => addresses.includes(source) && addresses.includes(destination),
  );
  return own.length > 0 ? own : streams;
}

/** The tunnel's own address that `address` stands for. */
export function canonicalOf({ aliases }: Tunnel, address: Address): Address {
  return canonicalAddress(aliases, address);
}

/** The judgement of a NAT device that really is there; null where none is, or hashes are wrong on purpose. */
export function provenNat({ tunnel, setups }: TunnelContext): NatJudgement | null {
  const nat = firstJudgement(tunnel, setups);
  if (nat === null || nat.forced) return null;
  return nat.initiatorBehindNat === true || nat.responderBehindNat === true ? nat : null;
}

/** First packet of a stream. */
export function firstOf(stream: Pick<EspStream, "firstFrame" | "firstTime">, text: Message): Evidence {
  return { frame: stream.firstFrame, time: stream.firstTime, nanos: 0, text };
}

/** Last packet of a stream. */
export function lastOf(stream: Pick<EspStream, "lastFrame" | "lastTime">, text: Message): Evidence {
  return { frame: stream.lastFrame, time: stream.lastTime, nanos: 0, text };
}
