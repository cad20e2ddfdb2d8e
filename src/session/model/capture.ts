import type { FrameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import type { Message } from "../../texts/message.js";

/** One capture file, as the judgement and the report need it. Texts may come from the file: escape them. */
export interface CaptureFile {
  readonly file: string;
  readonly format: string;
  readonly linkTypes: readonly number[];
  readonly packets: number;
  readonly bytes: number;
  readonly firstTime: Micros | null;
  readonly lastTime: Micros | null;
  /** The sniffer ran from one time to another, by the file's own statistics; null where it does not say. */
  readonly recorded: { readonly from: Micros; readonly until: Micros } | null;
  readonly nanosecondTimes: boolean;
  /** Drops that the capture file itself reports; null where it says nothing. */
  readonly dropped: number | null;
  /** The largest step back of the time from one packet to the next, by frame number within the file; null for none. */
  readonly stepBack: { readonly by: Micros; readonly frame: number; readonly time: Micros } | null;
  /** Capture filters that the file names. */
  readonly filters: readonly string[];
  readonly notes: readonly { readonly kind: string; readonly text: string; readonly message?: Message }[];
}

/** Counts and times of the capture as a whole. */
export interface CaptureObservations {
  readonly packets: number;
  readonly firstTime: Micros | null;
  readonly lastTime: Micros | null;
  readonly firstFrame: FrameRef | null;
  readonly lastFrame: FrameRef | null;
  readonly ikeMessages: number;
  readonly espPackets: number;
  /** Packets of ESP as an IP protocol of its own, with those that are cut before their sequence number: no filter left it out. */
  readonly nativeEsp: number;
  readonly ahPackets: number;
  readonly keepalives: number;
  /** Frames that hold neither IKE nor ESP nor AH nor an ICMP error about them: they prove that no port filter was on. */
  readonly otherPackets: number;
  /** Frames among these that hold no IP packet (ARP, spanning tree): they prove that no filter on IP protocols was on. */
  readonly notIp: number;
  /** UDP packets by port: one of 500, one of 4500. */
  readonly port500: number;
  readonly port4500: number;
  /** Frames whose IKE or ESP header was cut by the snap length. */
  readonly cutIke: readonly { readonly frame: FrameRef; readonly time: Micros }[];
  readonly cutIkeCount: number;
  readonly tunnelsNotKept: number;
  /** ESP and AH streams that were given up because there were too many, and their packets. */
  readonly espStreamsEvicted: number;
  readonly espUntracked: number;
}
