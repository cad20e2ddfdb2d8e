import type { IkeSa, Progress } from "../session/model.js";

/** One attempt to set up an IKE SA, or an IKE SA that was there before. */
export interface Setup {
  readonly sa: IkeSa;
  readonly progress: Progress;
}
