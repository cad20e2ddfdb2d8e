import type { Address } from "../../../bytes/address.js";
import { type Message, say } from "../../../texts/message.js";
import type { Rival } from "../../finding.js";
import type { RefusedChildren } from "./refused-children.js";

/** The two causes of a refused Child SA that the length of the refusal leaves open. */
export const CHILD_REFUSAL_CAUSES: readonly Rival[] = [
  {
    code: "child-ts-unacceptable",
    isCase: true,
    separatedBy:
      "the responder's log or the decrypted message: TS_UNACCEPTABLE (IKEv1: INVALID-ID-INFORMATION)",
  },
  {
    code: "child-no-proposal-chosen",
    isCase: true,
    separatedBy: "the responder's log or the decrypted message: NO_PROPOSAL_CHOSEN",
  },
];

/** Without SA payloads nothing says that both clients are set up alike. */
export const OTHER_KIND: Rival = {
  code: "capture-filter-blind",
  separatedBy:
    "a capture of UDP 500 and 4500 with whole packets, which holds the algorithms: the client may authenticate in another way, or get no virtual address",
};

/** The steps where a Child SA is refused whose request can ask for no inner address. */
export const REFUSED_CHILD_REMEDIES: readonly Message[] = [
  "Compare the subnets on both sides, where one side's local must be the other side's remote, and the mode: tunnel or transport.",
  "Compare the ESP proposals, with PFS group.",
  "The log of the side that refuses says which it was: TS_UNACCEPTABLE or NO_PROPOSAL_CHOSEN.",
];

/** The same for IKE_AUTH, in which a client may ask for an inner address (RFC 7296 3.15.4). */
export const REFUSED_FIRST_CHILD_REMEDIES: readonly Message[] = [
  ...REFUSED_CHILD_REMEDIES.slice(0, 2),
  "If the initiator is a client: whether the responder's address pool is used up (INTERNAL_ADDRESS_FAILURE), or the client asks for no address (FAILED_CP_REQUIRED).",
  "The log of the side that refuses says which it was: TS_UNACCEPTABLE, NO_PROPOSAL_CHOSEN or these.",
];

/** Refused Child SAs that are cited. */
export const CITED_REFUSALS = 3;

/** The steps where some Child SAs of an IKE SA are accepted and others refused. */
export const SOME_REFUSED_REMEDIES: readonly Message[] = [
  "Find the Child SAs that are not up at either side, and compare their subnets: one side's local must be the other side's remote.",
  "Compare the ESP proposals of these Child SAs, where each has its own.",
  "The log of the side that refuses says which it was: TS_UNACCEPTABLE or NO_PROPOSAL_CHOSEN.",
];

/** The headline of a verdict on some refused Child SAs of several. */
export function someRefusedText(refuser: Address, { refused, accepted }: RefusedChildren): Message {
  return say`${refuser} refuses ${refused.length} of ${refused.length + accepted} Child SAs after the setup; ${accepted} accepted`;
}

/** The sentence on the accepted ones, and whether their algorithms must be right; empty where there are none. */
export function acceptedChildrenText({ accepted, isAcceptedOfSameLength }: RefusedChildren): Message {
  if (accepted === 0) return "";
  return isAcceptedOfSameLength
    ? say`${accepted} Child SAs are accepted, by requests of the same length too: algorithms and PFS group are right, unless each Child SA has its own; most likely the subnets differ.`
    : say`${accepted} Child SAs are accepted.`;
}
