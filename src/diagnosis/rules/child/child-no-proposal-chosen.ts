import { defineRival } from "../../rule.js";

export const childNoProposalChosen = defineRival({
  code: "child-no-proposal-chosen",
  severity: "critical",
  title: "The Child SA is refused: no common proposal",
  explanation: "The responder accepts none of the ESP proposals that it is offered for the Child SA.",
  signature:
    "NO_PROPOSAL_CHOSEN in the answer to IKE_AUTH, CREATE_CHILD_SA or quick mode. The notify is encrypted: without the keys `child-rejected` says that the Child SA was refused, and not why.",
  remedies: ["Compare the ESP proposals on both sides, with PFS group."],
  commands: ["child", "log"],
  references: ["RFC 7296 section 2.7"],
  needs: ["keys"],
});
