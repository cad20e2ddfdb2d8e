import type { Judgement } from "../diagnosis/judgement.js";
import type { LiveSnapshot } from "./snapshot.js";

/** The state of a live analysis as a display asks for it each time that it draws. */
export interface LiveView {
  snapshot(): LiveSnapshot;
  /** All that is concluded about one tunnel now; null where it is not known any more. */
  judgementOf(tunnel: number): Judgement | null;
}
