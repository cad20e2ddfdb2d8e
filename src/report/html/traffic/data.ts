import type { Micros } from "../../../bytes/time.js";
import type { PageSizes } from "../page-charts.js";

export interface TimeSpan {
  readonly from: Micros;
  readonly to: Micros;
}

/** The ESP of a tunnel by time, in bins that are `width` microseconds wide, and by size. */
export interface TrafficAnswer {
  readonly from: Micros;
  readonly width: Micros;
  readonly streams: readonly StreamTraffic[];
}

export interface StreamTraffic extends Pick<PageSizes, "room" | "mtu" | "isMtuByIcmp"> {
  /** "-> 0xc26c08eb". */
  readonly name: string;
  /** Packets, and their lowest and highest sequence number, of each bin. */
  readonly packets: Uint32Array;
  readonly lowest: Uint32Array;
  readonly highest: Uint32Array;
  /** Packets by size, `sizeWidth` bytes a place. */
  readonly sizes: Uint32Array;
  readonly sizeWidth: number;
  /** Sequence numbers that were passed over; some may have come later. */
  readonly gaps: readonly SequenceGap[];
  readonly gapsLeftOut: number;
}

/** Numbers that were passed over at one moment, or several times between two looks at a counter. */
export interface SequenceGap {
  /** Time of the packet behind it, or of the look. */
  readonly time: Micros;
  /** They lie in [first, last]; all of them where `missing` is as many. */
  readonly first: number;
  readonly last: number;
  readonly missing: number;
  readonly times: number;
}
