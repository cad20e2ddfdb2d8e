import type { LiveState } from "../../live/tunnel.js";
import type { Paint } from "../paint.js";

/** "setting up". */
export function stateText(state: LiveState): string {
  return state.replaceAll("-", " ");
}

/** The colour is a help only: the word says it all. */
export function paintState(state: LiveState, text: string, paint: Paint): string {
  switch (state) {
    case "failing":
      return paint.status("failing", text);
    case "down":
      return paint.bold(text);
    case "degraded":
      return paint.status("degraded", text);
    case "setting-up":
      return paint.status("nothing-to-judge", text);
    case "up":
      return paint.status("healthy", text);
    case "quiet":
    case "unknown":
      return paint.dim(text);
  }
}
