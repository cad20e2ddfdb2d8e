import { frameName } from "../../../bytes/frame.js";
import { summarizePayload } from "../../../ike/describe/payload.js";
import { formatOffer } from "../../../ike/offer.js";
import { offerDifference, type TransformDifference } from "../../../ike/offer-difference.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import { notifyName } from "../../../ike/registries/notify.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { TRANSFORM_TYPE } from "../../../ike/registries/transforms-v2.js";
import { lastTimeOf } from "../../../session/sightings.js";
import type { TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import type { Verdict } from "../../finding.js";
import { messageName, phaseOf } from "../../phases.js";
import { hasNoChild } from "../child/first-child.js";
import { severityUnlessMended } from "../life/healing.js";
import {
  asksForChild,
  type KnownOffer,
  knownOffers,
  type OpenedRefusal,
  openedRefusals,
  payloadIn,
  selectorsIn,
} from "./opened.js";
import { listed, type Message, joined, say } from "../../../texts/message.js";

/** The part of an offer that is refused. */
type Subject = "proposals" | "selectors";

/**
 * The verdict of a Child SA that was refused with a notify which keys opened; null where none was. A rekey or a further child of
 * an IKE SA that has one is a warning: what is there goes on until its lifetime.
 */
export function openedChildRefusal(
  context: TunnelContext,
  subject: Subject,
  isMeant: (refusal: OpenedRefusal) => boolean,
): Verdict | null {
  const refused = openedRefusals(context).filter((refusal) => asksForChild(refusal) && isMeant(refusal));
  const last = refused.at(-1);
  if (last === undefined) return null;
  const { setup, exchange, answer, asker, refuser, said } = last;
  const { sa } = setup;
  const version = sa.majorVersion;
  const notify = notifyName(version, last.notifyType);
  const isLater = exchange.exchangeType === EXCHANGE_V2.CREATE_CHILD_SA && !hasNoChild(setup, context);
  const name = messageName(sa, exchange, "request");
  return {
    ...(isLater
      ? { severity: "warning" as const }
      : severityUnlessMended(context, setup, lastTimeOf(answer))),
    confidence: "certain",
    provenance: "observed",
    phase: phaseOf(sa, exchange),
    headline: say`${refuser.address} refuses ${isRekey(last) ? "the rekey of the Child SA" : "the Child SA"} with ${notify}${attemptsText([...new Set(refused.map((one) => one.exchange))])}`,
    summary: joined(
      say`${asker.address} asks with ${name}, and ${refuser.address} answers ${notify} (${said.mark}). `,
      subject === "proposals" ? proposalsText(context, last) : selectorsText(context, last),
    ),
    evidence: [
      ...evidenceOf(exchange.request, say`${name}${last.asked === null ? "" : say`, ${last.asked.mark}`}`, 1),
      ...evidenceOf(answer, say`${notify}, ${said.mark}`, 2),
    ],
  };
}

function isRekey({ asked }: OpenedRefusal): boolean {
  return (
    asked?.payloads.some(
      (payload) => payload.kind === "notify" && payload.notifyType === NOTIFY_V2.REKEY_SA,
    ) === true
  );
}

/** Both offers side by side, as far as the capture shows them, and the least that would make them fit. */
function proposalsText(context: TunnelContext, { asked, asker, refuser }: OpenedRefusal): Message {
  const offer = asked === null ? null : payloadIn(asked, "sa");
  if (offer === null) return "What it asked for was not opened.";
  const asks = say`${asker.address} offers ${formatOffer(offer).join(" or ")}.`;
  const other = offerOf(context, refuser.address);
  if (other === null) {
    return say`${asks} ${refuser.address} never offers anything itself here: its own proposals are in its configuration.`;
  }
  const theirs = say`${describeOffer(other, refuser.address)} ${formatOffer(other.sa).join(" or ")} (frame ${frameName(other.frame, context.capture.files.length > 1)}).`;
  const difference = offer.doi === null ? offerDifference(offer, other.sa) : null;
  if (difference === null || difference.length === 0) return say`${asks} ${theirs}`;
  return say`${asks} ${theirs} ${differenceText(difference, asker.address)}`;
}

function describeOffer({ isAgreed }: KnownOffer, address: string): Message {
  return isAgreed ? "Both had agreed on" : say`${address} itself offers`;
}

/** The offer of an end, else what both agreed on. */
function offerOf(context: TunnelContext, address: string): KnownOffer | null {
  const offers = knownOffers(context);
  return (
    offers.findLast(({ by, isAgreed }) => by === address && !isAgreed) ??
    offers.findLast(({ isAgreed }) => isAgreed) ??
    null
  );
}

function differenceText(difference: readonly TransformDifference[], asker: string): Message {
  const parts = difference.map(({ type, name, here, there }) => {
    const what = type === TRANSFORM_TYPE.KE ? "the PFS group" : name;
    return say`${what} (${here.join(" or ") || "none"} here, ${there.join(" or ") || "none"} there)`;
  });
  const changes = difference.map(({ type, here, there }) => {
    if (type === TRANSFORM_TYPE.KE && there.length === 0)
      return say`take PFS out at ${asker}, or give the other side ${here.join(" or ")}`;
    if (type === TRANSFORM_TYPE.KE && here.length === 0)
      return say`give ${asker} PFS with ${there.join(" or ")}`;
    return say`offer ${there.join(" or ")} at ${asker}`;
  });
  return say`They differ in ${listed(parts, "and")}: ${listed(changes, "statements")}.`;
}

/** Selectors that were asked for, and those of the other side where the capture shows them. */
function selectorsText(context: TunnelContext, { asked, asker, refuser, setup }: OpenedRefusal): Message {
  const version = setup.sa.majorVersion;
  const wanted =
    asked === null
      ? []
      : version === 2
        ? selectorsIn(asked)
        : asked.payloads.filter(({ kind }) => kind === "identification");
  if (wanted.length === 0) return "What it asked for was not opened.";
  const tokens = (payloads: readonly Parameters<typeof summarizePayload>[0][]): string =>
    payloads.map((payload) => summarizePayload(payload, version)).join(" ");
  const asks = say`${asker.address} asks for ${tokens(wanted)}: its own side first.`;
  const other = offerOf(context, refuser.address);
  if (other === null || other.selectors.length === 0) {
    return say`${asks} ${refuser.address} accepts no such pair: its local and remote subnets must be these the other way round, or hold them.`;
  }
  return say`${asks} ${other.isAgreed ? "Both had agreed on" : say`${refuser.address} itself asks for`} ${tokens(other.selectors)} (frame ${frameName(other.frame, context.capture.files.length > 1)}).`;
}
