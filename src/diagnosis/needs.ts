import type { CaptureFile } from "../session/model.js";
import { wasSetMeanwhile } from "./clock.js";
import type { Code } from "./codes.js";
import { isThinned } from "./extracts.js";
import type { Rule } from "./rule.js";
import { RULES } from "./rules/index.js";

/** Whether a finding of that code may be missing in an extract; `thinned`: it holds a part of the ESP packets. */
export function isLostInExtract(code: Code, thinned: boolean): boolean {
  const { needs = [] } = RULES[code];
  return (
    needs.includes("the-file") ||
    needs.includes("host") ||
    (thinned && (needs.includes("all-packets") || needs.includes("rates")))
  );
}

/**
 * Whether the rule's verdict is to be believed of these files: not where packets that it counts were left out, nor what measures
 * pauses where a clock was set in them.
 */
export function isTellable({ needs = [] }: Rule, files: readonly CaptureFile[]): boolean {
  return (
    !(needs.includes("all-packets") && files.some(isThinned)) &&
    !(needs.includes("pauses") && files.some(wasSetMeanwhile))
  );
}
