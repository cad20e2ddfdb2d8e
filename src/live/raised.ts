import type { Micros } from "../bytes/time.js";
import type { Finding } from "../diagnosis/finding.js";

/** A finding that holds now. Its frames count from the start of the program. */
export interface RaisedFinding {
  readonly finding: Finding;
  readonly raisedAt: Micros;
}
