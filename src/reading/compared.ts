import type { Micros } from "../bytes/time.js";
import type { Place } from "../session/model.js";
import type { Session } from "./session.js";

/** The session of captures, and that of each of several capture points. */
export interface ComparedSession extends Session {
  /** The packets of each capture point by themselves; none where there is one only. */
  readonly places: readonly Place[];
  /** By how much the clock of each capture was found to be ahead, by its index; empty where all agree. */
  readonly clocks: readonly Micros[];
}
