import type { CitedSighting } from "../../../session/model.js";
import { firstSighting, lastTimeOf } from "../../../session/sightings.js";
import type { TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import type { Evidence, Verdict } from "../../finding.js";
import { severityUnlessMended } from "../life/healing.js";
import { openedOf, payloadIn } from "../opened/opened.js";
import { joined, say } from "../../../texts/message.js";
import { CHILD_REFUSAL_CAUSES, OTHER_KIND } from "./child-refusal-texts.js";
import { hasNewEspAfter } from "./new-esp.js";
import { shorterAnswers } from "./shorter-answer.js";

/** The length alone leaves open if there is a Child SA, and another setup of these peers, or of the responder, shows how long a whole answer is. */
export function refusedByComparison(context: TunnelContext): Verdict | null {
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
