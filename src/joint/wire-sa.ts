import type { Micros } from "../bytes/time.js";
import type { KeptTunnel } from "../session/model.js";
import type { LoggedEvent } from "./host.js";
import type { WireMessage } from "./wire.js";

/** One direction of a Child SA, as its packets show it. */
export interface WireSa {
  readonly spi: number;
  readonly tunnel: number;
  readonly firstTime: Micros;
}

/** All SPIs of ESP and AH in the capture. */
export function wireSas(tunnels: readonly KeptTunnel[]): WireSa[] {
  return tunnels.flatMap(({ id, streams }) =>
    streams.map(({ spi, firstTime }) => ({ spi, tunnel: id, firstTime })),
  );
}

/** SPIs of Child SAs that a log names: random numbers of 32 bits (RFC 4303 section 2.1), which no other setup has. */
export function loggedSpis(events: readonly LoggedEvent[]): ReadonlySet<number> {
  return new Set(
    events
      .flatMap(({ event }) => [event.spiIn, event.spiOut])
      .filter((spi): spi is number => spi !== null && spi > 0),
  );
}

/** Exchanges that open an IKE SA, as charon names them. */
const OPENINGS: ReadonlySet<string> = new Set(["IKE_SA_INIT", "ID_PROT", "AGGRESSIVE"]);

/** Whether the log names Child SAs, and the setups that these frames open made others. */
export function isOfOtherSas(
  joined: readonly WireMessage[],
  { sas, spis }: { readonly sas: readonly WireSa[]; readonly spis: ReadonlySet<number> },
): boolean {
  if (spis.size === 0 || sas.some(({ spi }) => spis.has(spi))) return false;
  const openings = new Map<number, Micros>();
  for (const { exchange, tunnel, time } of joined) {
    if (OPENINGS.has(exchange) && !openings.has(tunnel)) openings.set(tunnel, time);
  }
  return sas.some(({ tunnel, firstTime }) => firstTime >= (openings.get(tunnel) ?? Infinity));
}
