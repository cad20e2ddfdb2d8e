import type { Judgement } from "../diagnosis/judgement.js";
import type { LiveSnapshot } from "./snapshot.js";

/** What a display asks for, as often as it draws. */
export interface LiveView {
  snapshot(): LiveSnapshot;
  /** All that is concluded about one tunnel now; null where it is not known any more. */
  judgementOf(tunnel: number): Judgement | null;
}
