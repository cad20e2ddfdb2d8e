import { OUTCOME } from "./outcome.js";
import type { ReassemblyCounters } from "./reassembly/reassembler.js";

/** How many different unknown link types are remembered. */
const UNKNOWN_LINK_TYPES_KEPT = 16;

/** Counters of frames by outcome; each frame counts in `frames` and in exactly one of `packets` to `unknownLinkType`, but for `cutEsp`. */
export interface DissectorCounters {
  frames: number;
  /** Frames that gave a packet (any kind but `skipped`). */
  packets: number;
  notIp: number;
  otherProtocol: number;
  /** Headers that the snap length cut; and how many of them were of ESP, whose protocol the IP header still tells. */
  truncated: number;
  cutEsp: number;
  malformed: number;
  /** Frames with a fragment that completed nothing. */
  fragments: number;
  unknownLinkType: number;
  /** The unknown link types, at most 16 different ones. */
  readonly unknownLinkTypes: Set<number>;
  /** Counters of fragmented datagrams by outcome. */
  readonly reassembly: Readonly<ReassemblyCounters>;
}

export function newCounters(reassembly: ReassemblyCounters): DissectorCounters {
  return {
    frames: 0,
    packets: 0,
    notIp: 0,
    otherProtocol: 0,
    truncated: 0,
    cutEsp: 0,
    malformed: 0,
    fragments: 0,
    unknownLinkType: 0,
    unknownLinkTypes: new Set(),
    reassembly,
  };
}

/** Counts a frame that gave no packet; `outcome` is one of OUTCOME. */
export function countSkipped(counters: DissectorCounters, outcome: number, linkType: number): void {
  switch (outcome) {
    case OUTCOME.notIp:
      counters.notIp++;
      break;
    case OUTCOME.otherProtocol:
      counters.otherProtocol++;
      break;
    case OUTCOME.truncated:
      counters.truncated++;
      break;
    case OUTCOME.fragment:
      counters.fragments++;
      break;
    case OUTCOME.unknownLinkType:
      counters.unknownLinkType++;
      if (counters.unknownLinkTypes.size < UNKNOWN_LINK_TYPES_KEPT) counters.unknownLinkTypes.add(linkType);
      break;
    default:
      counters.malformed++;
  }
}
