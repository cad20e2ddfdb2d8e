import { defineRival } from "../../rule.js";

export const childTsUnacceptable = defineRival({
  code: "child-ts-unacceptable",
  severity: "critical",
  title: "The Child SA is refused: traffic selectors",
  explanation: "The responder accepts none of the traffic selectors that it is offered for the Child SA.",
  signature:
    "TS_UNACCEPTABLE (IKEv1: INVALID-ID-INFORMATION) in the answer to IKE_AUTH, CREATE_CHILD_SA or quick mode. The notify is encrypted: without the keys `child-rejected` says that the Child SA was refused, and not why.",
  remedies: ["Compare the subnets on both sides: one side's local must be the other side's remote."],
  commands: ["child", "log"],
  references: ["RFC 7296 section 2.9"],
  needs: ["keys"],
});
