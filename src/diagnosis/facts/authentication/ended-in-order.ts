import type { Rival } from "../../finding.js";

/** The other reading of an IKE SA that its initiator ends right behind the authentication. */
export const ENDED_IN_ORDER: Rival = {
  code: "sa-deleted-by-peer",
  separatedBy:
    "the initiator's log: an orderly end (a test, one-shot script) deletes without any complaint before",
};
