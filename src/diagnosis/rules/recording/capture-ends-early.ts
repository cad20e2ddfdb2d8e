import { defineRival } from "../../rule.js";

/** Named by {@link endsEarly} alone. */
export const captureEndsEarly = defineRival({
  code: "capture-ends-early",
  severity: "info",
  title: "The capture ends before what would decide",
  explanation:
    "What is missing may have come after the last packet of the capture: so soon after the deciding message its absence proves little.",
  signature:
    "Never told by itself: a finding names it as long as the capture goes on for less after the deciding message than the finding waits for.",
  remedies: ["Capture again, and let it run for half a minute after the attempt."],
  references: [],
});
