import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { HostContext, TunnelContext } from "../../context.js";
import type { Phase } from "../../finding.js";
import { roundsOf } from "../authentication/eap-rounds.js";
import { eventsOf } from "./events.js";
import type { LoggedRefusal } from "./logged-refusal.js";
import {
  ADDRESS_CAUSES,
  AUTHENTICATION_CAUSES,
  CHILD_CAUSES,
  EAP_CAUSES,
  PROPOSAL_CAUSES,
  SELECTOR_CAUSES,
  XAUTH_CAUSES,
} from "./refusal-causes.js";
import type { Subject } from "./told-cause.js";

function isV1({ setups }: TunnelContext): boolean {
  return setups.at(-1)?.sa.majorVersion === 1;
}

function isAggressive({ setups }: TunnelContext): boolean {
  return setups.at(-1)?.progress.opening.at(-1)?.exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE;
}

function authenticationPhase(context: TunnelContext): Phase {
  if (!isV1(context)) return "IKE_AUTH";
  return isAggressive(context) ? "AGGRESSIVE_MODE" : "MAIN_MODE";
}

function speaksEap(context: TunnelContext): boolean {
  return context.setups.some((setup) => roundsOf(setup).length > 1);
}

/** The responder refuses; in aggressive mode both sides prove themselves, and either may. */
export const AUTHENTICATION: Subject = {
  causes: AUTHENTICATION_CAUSES,
  mendedBy: "ike-up",
  refuser: (context) => (isAggressive(context) ? "either" : "responder"),
  refuses: "rejects the authentication",
  phase: authenticationPhase,
  isReached: ({ tunnel }) => tunnel === null || !speaksEap(tunnel),
};

/** The initiator refuses the proof of the responder. What it says of a PPK is why it stops itself. */
export const AUTHENTICATION_OF_RESPONDER: Subject = {
  ...AUTHENTICATION,
  causes: AUTHENTICATION_CAUSES.filter((cause) => cause !== "ppk-differs"),
  refuser: () => "initiator",
  isReached: ({ tunnel }) => tunnel !== null && !isAggressive(tunnel),
};

export const EAP: Subject = {
  causes: EAP_CAUSES,
  mendedBy: "ike-up",
  refuser: () => "responder",
  refuses: "refuses the EAP login",
  phase: () => "IKE_AUTH",
  isReached: ({ tunnel }) => tunnel === null || speaksEap(tunnel),
};

export const XAUTH: Subject = {
  causes: XAUTH_CAUSES,
  mendedBy: "child-up",
  refuser: () => "either",
  refuses: "refuses the XAUTH login",
  phase: () => "TRANSACTION",
};

/** IKEv1: the client gets no address by mode config, before quick mode. */
export const MODE_CONFIG: Subject = {
  causes: ADDRESS_CAUSES,
  mendedBy: "child-up",
  refuser: () => "responder",
  refuses: "gives the client no address",
  phase: () => "TRANSACTION",
  isReached: ({ tunnel }) =>
    tunnel !== null && isV1(tunnel) && tunnel.setups.at(-1)?.progress.quick.length === 0,
};

function isPhase1Up(context: HostContext, { last }: LoggedRefusal): boolean {
  const isUpInCapture =
    context.tunnel?.setups.some(({ progress }) =>
      ["up", "phase-1-up", "child-refused"].includes(progress.state),
    ) === true;
  return (
    isUpInCapture ||
    eventsOf(context, "ike-up").some(
      ({ source }) => source.file === last.source.file && source.line < last.source.line,
    )
  );
}

/**
 * Whether what was refused is a Child SA as far as the line itself leaves it open: "received NO_PROPOSAL_CHOSEN error notify" of
 * IKEv1 answers what its IKE SA sent last.
 */
function isAboutChild(context: HostContext, { cause, last }: LoggedRefusal): boolean {
  if (cause !== "told-no-proposal-chosen" || last.kind !== "notify-received") return true;
  const { file, line } = last.source;
  const sent = eventsOf(context, "sent").findLast(
    ({ source, ikeId }) => source.file === file && source.line < line && ikeId === last.ikeId,
  );
  return sent?.message?.exchange === "QUICK_MODE";
}

function childPhase(context: TunnelContext): Phase {
  if (isV1(context)) return "QUICK_MODE";
  return context.setups.at(-1)?.progress.state === "child-refused" ? "IKE_AUTH" : "CREATE_CHILD_SA";
}

/** In IKEv1 the same notifies refuse phase 1: only behind it they are about a Child SA. */
const CHILD: Subject = {
  causes: CHILD_CAUSES,
  mendedBy: "child-up",
  refuser: () => "either",
  refuses: "refuses the Child SA",
  phase: childPhase,
  isReached: (context, refusal) => isPhase1Up(context, refusal) && isAboutChild(context, refusal),
};

export const CHILD_PROPOSALS: Subject = { ...CHILD, causes: PROPOSAL_CAUSES };
export const CHILD_SELECTORS: Subject = { ...CHILD, causes: SELECTOR_CAUSES };

/** A Child SA for which the client gets no address. IKEv1 hands addresses out before quick mode. */
export const CHILD_ADDRESS: Subject = {
  ...CHILD,
  causes: ADDRESS_CAUSES,
  isReached: (context, refusal) =>
    (context.tunnel === null || !isV1(context.tunnel)) && isLastPool(context, refusal),
};

/** Behind a pool that is full charon asks the next one: only where none has an address it says so, in the same attempt. */
function isLastPool(context: HostContext, { cause, last }: LoggedRefusal): boolean {
  if (cause !== "pool-full") return true;
  const { source, ikeId } = last;
  return eventsOf(context, "child-failed").some(
    (event) =>
      event.cause === "no-virtual-address" &&
      event.source.file === source.file &&
      event.source.line > source.line &&
      event.ikeId === ikeId,
  );
}

export const REKEY: Subject = {
  ...CHILD,
  isAbout: ({ host }, event) => host.exchanges.get(event)?.before?.frame?.exchange !== "IKE_AUTH",
  refuses: "refuses CREATE_CHILD_SA",
  phase: () => "CREATE_CHILD_SA",
};
