import type { Micros } from "./time.js";

/** Records of one file, of one interface, that lie in memory one behind the other. */
export interface ReadyRecords {
  readonly bytes: Uint8Array;
  /** The window of the records: [position, end) of `bytes`; the last one may not be whole. */
  readonly position: number;
  readonly end: number;
  readonly littleEndian: boolean;
  /** Records of pcap, or enhanced packet blocks of pcapng, of the interface with that number. */
  readonly framing: "records" | "blocks";
  readonly interfaceId: number;
  /** Bytes of a record before its frame. */
  readonly headerLength: number;
  /** Step of the clock, ns: 1 or 1000. */
  readonly ticksPerMicrosecond: number;
  /** Largest captured length that is believed, bytes. */
  readonly longestRecord: number;
  /** LINKTYPE_ number. */
  readonly linkType: number;
  /** Number of the first of them, and the time of the record before it. */
  readonly nextFrame: number;
  readonly capture: number;
  readonly timeBefore: Micros;
  /**
   * Says that the records before `position` were taken: so many packets of so many captured bytes, of which `cut` were
   * cut by the snap length; their times rise from `timeBefore` to `lastTime`.
   */
  passed(position: number, packets: number, bytes: number, cut: number, lastTime: Micros): void;
}
