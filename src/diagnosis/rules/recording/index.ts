import { captureEmpty } from "./capture-empty.js";
import { captureTruncated } from "./capture-truncated.js";
import { captureCutShort } from "./capture-cut-short.js";
import { captureEndsEarly } from "./capture-ends-early.js";
import { captureFilterBlind } from "./capture-filter-blind.js";
import { captureOneDirection } from "./capture-one-direction.js";
import { captureStartsLate } from "./capture-starts-late.js";
import { captureDuplicates } from "./capture-duplicates.js";
import { captureDropped } from "./capture-dropped.js";
import { clockJump } from "./clock-jump.js";

/** The rules of this folder. */
export const RECORDING = {
  "capture-empty": captureEmpty,
  "capture-truncated": captureTruncated,
  "capture-cut-short": captureCutShort,
  "capture-ends-early": captureEndsEarly,
  "capture-filter-blind": captureFilterBlind,
  "capture-one-direction": captureOneDirection,
  "capture-starts-late": captureStartsLate,
  "capture-duplicates": captureDuplicates,
  "capture-dropped": captureDropped,
  "clock-jump": clockJump,
};
