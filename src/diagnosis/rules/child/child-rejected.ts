import { humanDuration, type Micros } from "../../../bytes/time.js";
import type { CitedSighting } from "../../../session/model.js";
import { firstSighting, firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import { setupsIn, type TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import type { Evidence, Verdict } from "../../finding.js";
import { healedAfter, MENDED, severityUnlessMended } from "../../facts/life/healing.js";
import { hasNewEspAfter } from "../../facts/child/new-esp.js";
import { endedByInitiator } from "../../facts/authentication/eap-end.js";
import {
  acceptedChildrenText,
  CHILD_REFUSAL_CAUSES,
  CITED_REFUSALS,
  OTHER_KIND,
  REFUSED_CHILD_REMEDIES,
  REFUSED_FIRST_CHILD_REMEDIES,
  SOME_REFUSED_REMEDIES,
  someRefusedText,
} from "../../facts/child/child-refusal-texts.js";
import { deletedFirstChild } from "../../facts/child/deleted-first-child.js";
import { CHILD_ADDRESS } from "../../facts/host/logged-subjects.js";
import { creationsOf, isFirstChild, refusedCreationsOf } from "../../facts/child/first-child.js";
import { openedOf, payloadIn } from "../../facts/opened/opened.js";
import { refusedQuickModeVerdict } from "../../facts/child/quick-mode-refusal.js";
import { mayBeRedirected } from "../../facts/negotiation/may-be-redirected.js";
import { MAY_COLLIDE } from "../../facts/child/refused-rekeys.js";
import { wentToAnotherGateway } from "../../facts/negotiation/redirects.js";
import { refusedChildrenV2 } from "../../facts/child/refused-children.js";
import { loggedCauseAlone, withLoggedCause } from "../../facts/host/told-cause.js";
import { shorterAnswers } from "../../facts/child/shorter-answer.js";
import { endsOf } from "../../../session/model/queries.js";
import { endsEarly, graded } from "../../grade.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/**
 * IKEv2: the answer to IKE_AUTH is too long for one notify, too short for SA and selectors, and no ESP follows. IKEv1:
 * quick mode 1 is answered with an INFORMATIONAL of the responder instead of quick mode 2.
 */
export const childRejected = defineRule({
  code: "child-rejected",
  severity: "critical",
  title: "The peers authenticate, but the Child SA is refused",
  explanation:
    "The IKE SA comes up, yet the SA that would carry traffic does not: its proposal or its traffic selectors are not accepted, or the responder has no inner address for a client that needs one.",
  signature:
    "IKEv2: the answer to IKE_AUTH is too long for one notify and too short for SA, TSi and TSr under the negotiated suite, and neither ESP nor another child follows; or the initiator deletes the Child SA right after that answer, before any ESP, and keeps the IKE SA. IKEv1: quick mode 1 is answered with an INFORMATIONAL instead of quick mode 2. The log of either end (`--with`) says it where no internal address was given.",
  remedies: REFUSED_FIRST_CHILD_REMEDIES,
  commands: ["child", "log"],
  references: ["RFC 7296 section 1.2", "RFC 7296 section 2.9", "RFC 2409 section 5.5"],
  yieldsTo: ["child-no-proposal-chosen", "child-ts-unacceptable"],
  onlyWith: ["several-messages"],
  detect: (context) =>
    withLoggedCause(
      context,
      CHILD_ADDRESS,
      refusedV2(context) ??
        laterRefusedV2(context) ??
        someRefusedV2(context) ??
        deletedAtOnce(context) ??
        refusedByComparison(context) ??
        refusedQuickModeVerdict(context),
    ),
  detectOnHost: (context) => loggedCauseAlone(context, CHILD_ADDRESS, "IKE_AUTH"),
});

/** The length alone leaves open if there is a Child SA, and another setup of these peers, or of the responder, shows how long a whole answer is. */
function refusedByComparison(context: TunnelContext): Verdict | null {
  const last = shorterAnswers(context).findLast(({ setup, exchange }) => {
    const answer = firstSighting(exchange.response);
    const opened = openedOf(context, exchange.response);
    if (opened !== null && payloadIn(opened, "sa") !== null) return false;
    return answer !== undefined && !hasNewEspAfter(context, setup, answer.time);
  });
  if (last?.exchange.response == null) return null;
  const { setup, exchange, whole, bytes, other } = last;
  const { sa, progress } = setup;
  return {
    ...severityUnlessMended(context, setup, lastTimeOf(exchange.response)),
    confidence: "possible",
    doubt: "fault",
    provenance: "inferred",
    phase: "IKE_AUTH",
    headline: say`${sa.responder.address} authenticates but seems to refuse the Child SA (answer of ${bytes} bytes, another of ${whole})`,
    summary: joined(
      other === null
        ? say`The IKE_AUTH response of ${bytes} bytes is ${whole - bytes} bytes shorter than the one to a request of the same length in another setup of these peers, `
        : say`The IKE_AUTH response of ${bytes} bytes is ${whole - bytes} bytes shorter than the one that ${other.initiator}, whose tunnel carries traffic, gets for a request of the same length, `,
      progress.suite === null
        ? say`as much as SA, TSi and TSr take, and no ESP of it follows. The capture does not hold the algorithms, so the lengths alone do not prove it.`
        : say`as much as SA, TSi and TSr take, and no ESP of it follows. Beside certificates and notifies of other lengths it may be whole, so the lengths alone do not prove it.`,
    ),
    evidence: [
      ...evidenceOf(exchange.request, "IKE_AUTH request", 1),
      ...evidenceOf(exchange.response, say`IKE_AUTH response, ${bytes} bytes`, 1),
      ...(other === null
        ? []
        : [
            {
              ...momentOf(other.last),
              text: say`IKE_AUTH response to ${other.initiator}, ${other.answer} bytes`,
            },
          ]),
    ],
    rivals: [...(other === null ? [] : [OTHER_KIND]), ...CHILD_REFUSAL_CAUSES],
  };
}

function momentOf({ frame, time, nanos }: CitedSighting): Pick<Evidence, "frame" | "time" | "nanos"> {
  return { frame, time, nanos };
}

function refusedV2(context: TunnelContext): Verdict | null {
  const failed = setupsIn(context, "child-refused", "up").filter((setup) => {
    const { progress } = setup;
    if (progress.authClass !== "no-child" || endedByInitiator(setup, context) !== null) return false;
    if (wentToAnotherGateway(setup, context) !== undefined) return false;
    const opened = openedOf(context, progress.authentication.at(-1)?.response ?? null);
    if (opened !== null && payloadIn(opened, "sa") !== null) return false;
    // A Child SA that CREATE_CHILD_SA made later may be another one, or the same after a change.
    if (progress.state === "up") return true;
    const answer = firstSighting(progress.authentication.at(-1)?.response ?? null);
    return answer !== undefined && !hasNewEspAfter(context, setup, answer.time);
  });
  const last = failed.at(-1);
  const exchange = last?.progress.authentication.at(-1);
  if (last === undefined || exchange?.response == null) return null;
  const { sa, progress } = last;
  const bytes = exchange.response.message.header.length;
  const redirected = mayBeRedirected(last);
  const again = progress.state === "up" ? [] : refusedCreationsOf(last);
  const alive = progress.later.some(({ response }) => response !== null);
  return {
    ...(progress.state === "up"
      ? MENDED
      : severityUnlessMended(context, last, lastTimeOf(exchange.response))),
    ...(redirected === null ? { confidence: "likely" } : { confidence: "possible", doubt: "fault" }),
    provenance: "deduced",
    phase: "IKE_AUTH",
    headline: say`${sa.responder.address} authenticates but refuses the Child SA (answer of ${bytes} bytes, no ESP)`,
    summary: joined(
      say`The IKE_AUTH response of ${bytes} bytes is too long for a bare error and too short to hold SA, TSi and TSr beside the `,
      say`authentication, and no ESP of it follows. The IKE SA is up${alive ? " and alive" : ""}, the Child SA was refused by ${sa.responder.address}.`,
      again.length === 0
        ? ""
        : say` CREATE_CHILD_SA, which asks for it again, is refused too (${again.length === 1 ? "once" : say`${again.length} times`}).`,
    ),
    evidence: [
      ...evidenceOf(exchange.request, "IKE_AUTH request", 1),
      ...evidenceOf(exchange.response, say`IKE_AUTH response, ${bytes} bytes: no room for SA, TSi, TSr`, 1),
      ...evidenceOf(again.at(-1)?.response ?? null, "answer to CREATE_CHILD_SA, one error notify", 1),
    ],
    rivals: [...(redirected === null ? [] : [redirected]), ...CHILD_REFUSAL_CAUSES],
  };
}

/** The IKE SA was set up without a Child SA, and the CREATE_CHILD_SA for the first one is refused. */
function laterRefusedV2(context: TunnelContext): Verdict | null {
  const failed = setupsIn(context, "up").filter(
    (setup) => isFirstChild(setup, context) && creationsOf(setup).length > 0,
  );
  const last = failed.at(-1);
  const exchange = last === undefined ? undefined : creationsOf(last).at(-1);
  if (last === undefined || exchange?.response == null) return null;
  const { sa } = last;
  const bytes = exchange.response.message.header.length;
  const [asker, refuser] = endsOf(sa, exchange.startedBy);
  return {
    ...severityUnlessMended(context, last, lastTimeOf(exchange.response)),
    confidence: "likely",
    provenance: "deduced",
    phase: "CREATE_CHILD_SA",
    headline: say`${refuser.address} refuses the first Child SA (CREATE_CHILD_SA answered with ${bytes} bytes: one error notify)`,
    summary: joined(
      say`The IKE SA was set up without a Child SA. ${asker.address} then asked for one with CREATE_CHILD_SA, and the answer of `,
      say`${refuser.address} (${bytes} bytes) has room for one error notify only.`,
    ),
    evidence: [
      ...evidenceOf(exchange.request, "CREATE_CHILD_SA request", 1),
      ...evidenceOf(exchange.response, say`answer of ${bytes} bytes: one error notify`, 1),
    ],
    rivals: CHILD_REFUSAL_CAUSES,
    remedies: REFUSED_CHILD_REMEDIES,
  };
}

/** INVALID_KE_PAYLOAD is followed by the wanted group at once, TEMPORARY_FAILURE by a new attempt soon. */
const NEXT_ATTEMPT_US: Micros = 5_000_000;

/** Some of several Child SAs that are asked for right after the setup are refused. */
function someRefusedV2(context: TunnelContext): Verdict | null {
  const failed = context.setups.flatMap((setup) => {
    const children = isFirstChild(setup, context) ? null : refusedChildrenV2(setup, context);
    return children === null ? [] : [{ setup, children }];
  });
  const last = failed.at(-1);
  const exchange = last?.children.refused.at(-1);
  if (last === undefined || exchange?.response == null) return null;
  const { setup, children } = last;
  const bytes = exchange.response.message.header.length;
  const [asker, refuser] = endsOf(setup.sa, exchange.startedBy);
  // A setup anew asks for all of them again.
  if (healedAfter(context, lastTimeOf(exchange.response), setup)) return null;
  return {
    severity: "warning",
    ...graded(
      [endsEarly(context, firstSighting(exchange.response), NEXT_ATTEMPT_US, "an attempt that succeeds")],
      [...CHILD_REFUSAL_CAUSES, MAY_COLLIDE],
    ),
    provenance: "deduced",
    phase: "CREATE_CHILD_SA",
    headline: someRefusedText(refuser.address, children),
    summary: joined(
      say`${asker.address} asks for further Child SAs right after the setup, and ${refuser.address} answers ${children.refused.length} CREATE_CHILD_SA of them with ${bytes} bytes, which is room for one error notify only. `,
      acceptedChildrenText(children),
    ),
    evidence: children.refused
      .slice(-CITED_REFUSALS)
      .flatMap((one) => [
        ...evidenceOf(one.request, "CREATE_CHILD_SA request", 1),
        ...evidenceOf(one.response, say`answer of ${bytes} bytes: one error notify`, 1),
      ]),
    remedies: SOME_REFUSED_REMEDIES,
  };
}

/** The responder made the first Child SA, and the initiator deletes it before it carries anything. */
function deletedAtOnce(context: TunnelContext): Verdict | null {
  const found = deletedFirstChild(context);
  if (found === null) return null;
  const { setup, made, deleted } = found;
  const madeAt = firstTimeOf(made.response);
  if (hasNewEspAfter(context, setup, madeAt)) return null;
  const [initiator, responder] = [setup.sa.initiator.address, setup.sa.responder.address];
  const wait = humanDuration(firstTimeOf(deleted.request) - madeAt);
  return {
    ...severityUnlessMended(context, setup, lastTimeOf(deleted.request)),
    confidence: "likely",
    provenance: "deduced",
    phase: "IKE_AUTH",
    headline: say`${initiator} deletes the first Child SA ${wait} after ${responder} made it, and keeps the IKE SA`,
    summary: joined(
      say`${responder} answered IKE_AUTH with a Child SA, and ${wait} later ${initiator} sent an INFORMATIONAL of exactly the length of Delete of one Child SA, answered with the same. `,
      say`No ESP came of it. ${initiator} does not accept what ${responder} chose: tunnel mode instead of transport mode, or traffic selectors that are narrower than it needs.`,
    ),
    evidence: [
      ...evidenceOf(made.response, "IKE_AUTH response with the Child SA", 1),
      ...evidenceOf(deleted.request, "INFORMATIONAL of the length of Delete of one Child SA", 1),
      ...evidenceOf(deleted.response, "its answer, of the same length", 1),
    ],
    rivals: [
      {
        code: "child-ts-narrowed",
        separatedBy: say`the log of ${initiator}: whether it wants other traffic selectors, or another mode, than ${responder} chose`,
      },
    ],
    remedies: REFUSED_CHILD_REMEDIES,
  };
}
