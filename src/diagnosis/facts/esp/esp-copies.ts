import type { EspStream } from "../../../esp/stream.js";

/** Fewer are chance: a switch that learns floods a packet now and then. */
export const LEAST_COPIES = 3;

/** If this share of the packets are copies, the capture holds every packet of that direction twice. */
const EVERY = 0.4;

/** All or nearly all packets of a stream are there more than once: that is how the capture was taken. */
export function isCopied({ packets, duplicates }: EspStream): boolean {
  return duplicates >= LEAST_COPIES && duplicates >= packets * EVERY;
}
