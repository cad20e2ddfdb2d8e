import type { Micros } from "../../../bytes/time.js";
import { firstSighting, lastTimeOf } from "../../../session/sightings.js";
import { endsOf } from "../../../session/model/queries.js";
import type { TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import type { Verdict } from "../../finding.js";
import { endsEarly, graded } from "../../grade.js";
import { healedAfter } from "../life/healing.js";
import { joined, say } from "../../../texts/message.js";
import {
  acceptedChildrenText,
  CHILD_REFUSAL_CAUSES,
  CITED_REFUSALS,
  SOME_REFUSED_REMEDIES,
  someRefusedText,
} from "./child-refusal-texts.js";
import { isFirstChild } from "./first-child.js";
import { refusedChildrenV2 } from "./refused-children.js";
import { MAY_COLLIDE } from "./refused-rekeys.js";

/** INVALID_KE_PAYLOAD is followed by the wanted group at once, TEMPORARY_FAILURE by a new attempt soon. */
const NEXT_ATTEMPT_US: Micros = 5_000_000;

/** Some of several Child SAs that are asked for right after the setup are refused. */
export function someRefused(context: TunnelContext): Verdict | null {
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
