import type { Micros } from "../bytes/time.js";
import type { Place } from "../session/model.js";
import type { Session } from "./session.js";

/** What captures hold, and what each of several places shows of it. */
export interface ComparedSession extends Session {
  /** What each place shows by itself; none where there is one place only. */
  readonly places: readonly Place[];
  /** What the clock of each capture was found to show too much, by its index; empty where all agree. */
  readonly clocks: readonly Micros[];
}
