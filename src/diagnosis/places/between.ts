import type { Micros } from "../../bytes/time.js";
import type { Verdict } from "../finding.js";

/** A verdict of two places together on packets that pass one of them and do not come to the other. */
export interface Between extends Pick<Verdict, "phase" | "headline" | "summary" | "evidence" | "doubt"> {
  readonly isGrave: boolean;
  /** Whether there are too many, for too long, to be chance or the end of a recording. */
  readonly isSure: boolean;
  /** When it began, by the clock of the first place. */
  readonly from: Micros;
  /** The last packet that is missed, by the same clock. */
  readonly until: Micros;
}
