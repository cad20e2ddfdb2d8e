import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import type { Tunnel } from "../../../session/model.js";
import { canonicalOf } from "../sides.js";

/** The other side learns of a new address with the first packet from there, or is told within a moment (RFC 4555 3.5). */
const LEARNING: Micros = 2_000_000;
/** Packets of both addresses may cross on the way. */
const CROSSING: Micros = 1_000_000;
const FLOW_PACKETS = 4;

/** ESP of one SPI that goes on from another address, and the other side's, which goes on to the address that was left. */
export interface LeftAddress {
  readonly before: EspStream;
  readonly after: EspStream;
  readonly astray: EspStream;
}

/** ESP in UDP whose sender has another address since, to which nothing comes, while the old one is still sent to. */
export function leftAddress(tunnel: Tunnel): LeftAddress | null {
  const streams = tunnel.streams.filter(({ encapsulation }) => encapsulation === "udp");
  for (const after of streams) {
    if (after.packets < FLOW_PACKETS) continue;
    const before = streams.find(
      ({ source, destination, spi, lastTime }) =>
        spi === after.spi &&
        destination === after.destination &&
        source !== after.source &&
        canonicalOf(tunnel, source) === canonicalOf(tunnel, after.source) &&
        lastTime <= after.firstTime + CROSSING,
    );
    if (before === undefined || tunnel.streams.some(({ destination }) => destination === after.source))
      continue;
    const astray = streams.find(
      ({ source, destination, lastTime }) =>
        source === after.destination &&
        destination === before.source &&
        lastTime >= after.firstTime + LEARNING,
    );
    if (astray !== undefined) return { before, after, astray };
  }
  return null;
}
