import type { EspStream } from "../../../esp/stream.js";
import type { Source } from "../../../evidence/record.js";
import type { TunnelContext } from "../../context.js";
import { newestStates } from "../host/kernel.js";
import { hostsOf } from "../host/events.js";

/** Packets of a stream that the kernel of the receiver refused, all of them copies. */
export interface RefusedRepeats {
  readonly stream: EspStream;
  /** The receiver, by the name that the user gave it. */
  readonly host: string;
  readonly refused: number;
  readonly accepted: number;
  readonly source: Source;
}

/**
 * Streams whose receiver refused packets that can only be copies: its state has accepted as many packets as its newest sequence
 * number says, so each number was accepted once, and what it refused as a replay came again. Where a number is missing, what was
 * refused may be the late packet of that number.
 */
export function refusedRepeats(context: TunnelContext, streams: readonly EspStream[]): RefusedRepeats[] {
  return hostsOf(context).flatMap(({ records }) => {
    const inbound = (newestStates(records) ?? []).filter(
      ({ dst, offloaded }) => records.addresses.has(dst) && !offloaded,
    );
    return streams.flatMap((stream) => {
      const state = inbound.find(({ spi, own, dst }) => spi === stream.spi && (own ?? dst) === dst);
      if (state?.packets == null || state.replay === null || state.replay === 0) return [];
      return state.packets === state.sequence
        ? [
            {
              stream,
              host: records.name,
              refused: state.replay,
              accepted: state.packets,
              source: state.source,
            },
          ]
        : [];
    });
  });
}
