import { childRejected } from "./child-rejected.js";
import { childTsUnacceptable } from "./child-ts-unacceptable.js";
import { childNoProposalChosen } from "./child-no-proposal-chosen.js";
import { childTsNarrowed } from "./child-ts-narrowed.js";
import { quickModeUnanswered } from "./quick-mode-unanswered.js";
import { quickModeUnfinished } from "./quick-mode-unfinished.js";

/** The rules of this folder. */
export const CHILD = {
  "child-rejected": childRejected,
  "child-ts-unacceptable": childTsUnacceptable,
  "child-no-proposal-chosen": childNoProposalChosen,
  "child-ts-narrowed": childTsNarrowed,
  "quick-mode-unanswered": quickModeUnanswered,
  "quick-mode-unfinished": quickModeUnfinished,
};
