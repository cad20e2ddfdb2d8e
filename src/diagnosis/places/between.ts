import type { Micros } from "../../bytes/time.js";
import type { Verdict } from "../finding.js";

/** A verdict of two places together on packets that pass one of them and do not come to the other. */
export interface Between extends Pick<Verdict, "phase" | "headline" | "summary" | "evidence" | "doubt"> {
  /** Kinds that ask for different steps: IKE messages or ESP as such, part of the ESP, or packets because of their size or of fragments. */
  readonly lost: "messages" | "a-part" | "large-esp" | "ike-fragments" | "ip-fragments";
  /** Packets of the other direction are lost too. */
  readonly isBothWays?: boolean;
  readonly isGrave: boolean;
  /** Whether there are too many, for too long, to be chance or the end of a recording. */
  readonly isSure: boolean;
  /** When it began, by the clock of the first place. */
  readonly from: Micros;
  /** The last packet that is missed, by the same clock. */
  readonly until: Micros;
}
