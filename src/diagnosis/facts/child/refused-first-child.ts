import { firstSighting, lastTimeOf } from "../../../session/sightings.js";
import { endsOf } from "../../../session/model/queries.js";
import { setupsIn, type TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import type { Verdict } from "../../finding.js";
import { endedByInitiator } from "../authentication/eap-end.js";
import { MENDED, severityUnlessMended } from "../life/healing.js";
import { mayBeRedirected } from "../negotiation/may-be-redirected.js";
import { wentToAnotherGateway } from "../negotiation/redirects.js";
import { openedOf, payloadIn } from "../opened/opened.js";
import { joined, say } from "../../../texts/message.js";
import { CHILD_REFUSAL_CAUSES, REFUSED_CHILD_REMEDIES } from "./child-refusal-texts.js";
import { creationsOf, isFirstChild, refusedCreationsOf } from "./first-child.js";
import { hasNewEspAfter } from "./new-esp.js";

/** IKEv2: the answer to IKE_AUTH is too long for one notify and too short for SA and selectors, and no ESP follows. */
export function refusedInAuthentication(context: TunnelContext): Verdict | null {
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
export function refusedBehindAuthentication(context: TunnelContext): Verdict | null {
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
