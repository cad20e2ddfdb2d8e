import type { ReadyRecords } from "../bytes/ready-records.js";
import type { Micros } from "../bytes/time.js";
import type { BlockBody } from "./pcapng-blocks.js";
import { OPTION, optionText, type OptionWalk } from "./pcapng-options.js";
import type { InterfaceStatistics } from "./recorded-span.js";
import type { SummaryBuilder } from "./summary.js";
import { DEFAULT_RESOLUTION, TickClock } from "./tick-clock.js";

const TWO_32 = 4_294_967_296;

/** One interface of a section, as its description block gives it. */
export interface InterfaceDescription {
  readonly linkType: number;
  /** Bytes kept of a packet; 0 where there is no limit. */
  readonly snapLength: number;
  readonly clock: TickClock;
}

/** An interface with what was read of it so far. */
export interface PcapngInterface extends InterfaceDescription {
  /** Its packets, where they can be taken in one go. */
  readonly ready: ReadyRecords | null;
  /** By the latest statistics block; null until there is one. */
  statistics: InterfaceStatistics | null;
}

/**
 * Reads an interface description block, 8 bytes of fields and options, and tells the summary of its link type,
 * filter and comments. `index` is the interface's number within its section.
 */
export function readInterface(
  block: BlockBody,
  walk: OptionWalk,
  index: number,
  summary: SummaryBuilder,
): InterfaceDescription {
  const { bytes, view, little, body, end } = block;
  let resolution = DEFAULT_RESOLUTION;
  let offset = 0;
  walk.begin(view, little, body + 8, end);
  while (walk.next()) {
    const { start, end: valueEnd } = walk;
    const length = valueEnd - start;
    if (walk.code === OPTION.comment) {
      summary.addComment(`interface ${index}`, optionText(bytes, start, valueEnd));
    } else if (walk.code === OPTION.ifTsresol && length >= 1) {
      resolution = view.getUint8(start);
    } else if (walk.code === OPTION.ifTsoffset && length >= 8) {
      offset = Number(view.getBigInt64(start, little));
    } else if (walk.code === OPTION.ifFilter && length > 1 && view.getUint8(start) === 0) {
      // The first byte tells a filter's text (0) from its compiled form.
      summary.addFilter(optionText(bytes, start + 1, valueEnd));
    }
  }
  const linkType = view.getUint16(body, little);
  const clock = new TickClock(resolution, offset);
  summary.addLinkType(linkType);
  if (clock.belowMicroseconds) summary.nanosecondTimes = true;
  return { linkType, snapLength: view.getUint32(body + 4, little), clock };
}

/** Counters of an interface statistics block; drops are those by the interface and by the system together. */
export function readStatistics(block: BlockBody, walk: OptionWalk, clock: TickClock): InterfaceStatistics {
  const { view, little, body, end } = block;
  let dropped: number | null = null;
  let received: number | null = null;
  let from: Micros | null = null;
  let until: Micros | null = null;
  walk.begin(view, little, body + 12, end);
  while (walk.next()) {
    if (walk.end - walk.start < 8) continue;
    const first = view.getUint32(walk.start, little);
    const second = view.getUint32(walk.start + 4, little);
    const count = little ? second * TWO_32 + first : first * TWO_32 + second;
    switch (walk.code) {
      case OPTION.isbStartTime:
        from = clock.timeOf(first, second);
        break;
      case OPTION.isbEndTime:
        until = clock.timeOf(first, second);
        break;
      case OPTION.isbIfRecv:
        received = count;
        break;
      case OPTION.isbIfDrop:
      case OPTION.isbOsDrop:
        dropped = (dropped ?? 0) + count;
        break;
    }
  }
  return { dropped, received, from, until };
}

/** Tells the summary of the comments among a section header's options. */
export function readSectionComments(block: BlockBody, walk: OptionWalk, summary: SummaryBuilder): void {
  walk.begin(block.view, block.little, block.body + 16, block.end);
  while (walk.next()) {
    if (walk.code === OPTION.comment) {
      summary.addComment("capture", optionText(block.bytes, walk.start, walk.end));
    }
  }
}
