import { firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import type { Exchange } from "../../../session/model.js";
import { joined, say } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import type { Rival, Verdict } from "../../finding.js";
import { graded } from "../../grade.js";
import { messageName, phaseOf } from "../../phases.js";
import {
  acceptedChildrenText,
  CHILD_REFUSAL_CAUSES,
  CITED_REFUSALS,
  REFUSED_CHILD_REMEDIES,
  SOME_REFUSED_REMEDIES,
  someRefusedText,
} from "./child-refusal-texts.js";
import { severityUnlessMended } from "../life/healing.js";
import { newEspAfter } from "./new-esp.js";
import { isRefusedInAggressiveMode } from "../authentication/refused-aggressive-mode.js";
import { refusedChildrenV1 } from "./refused-children.js";
import { mayBeInitialContact } from "../authentication/initial-contact.js";
import {
  mayComeAlong,
  nextQuickModes,
  refusalOf,
  refusedQuickMode,
  renewingQuickModes,
} from "./refused-quick-mode.js";
import { refusedRekeyV1 } from "./refused-rekey-v1.js";
import { endsOf } from "../../../session/model/queries.js";

/** The first packet of a new SA (RFC 4303 section 3.3.3). */
const FIRST_NUMBER = 1;

/**
 * The verdict on a quick mode of IKEv1 that is answered with an INFORMATIONAL instead of Quick Mode 2 (RFC 2409 section 5.5), where
 * no new ESP follows; null where none is.
 */
export function refusedQuickModeVerdict(context: TunnelContext): Verdict | null {
  const failed = context.setups.flatMap((setup) => {
    const exchange = refusedQuickMode(setup);
    const refusal = exchange?.request == null ? undefined : refusalOf(setup, exchange);
    if (exchange === undefined || refusal === undefined || isRefusedInAggressiveMode(context, setup))
      return [];
    // "rekey-failed" knows more: a request like it was accepted.
    if (refusedRekeyV1(context)?.refused === exchange) return [];
    if (laterAnswer(refusal, exchange, context) !== null && mayBeInitialContact(setup, refusal)) return [];
    const next = new Set([
      ...nextQuickModes(setup, exchange, refusal),
      ...renewingQuickModes(context, setup, refusal),
    ]);
    const streams = newEspAfter(context, setup, firstTimeOf(exchange.request), next);
    // A capture that begins with the quick mode shows the Child SA before it with numbers that go on.
    if (streams.some(({ firstSequence }) => firstSequence === FIRST_NUMBER)) return [];
    return [{ setup, exchange, refusal, isOlderInUse: streams.length > 0 }];
  });
  const last = failed.at(-1);
  if (last === undefined) return null;
  const { setup, exchange, refusal, isOlderInUse } = last;
  const { sa } = setup;
  const children = refusedChildrenV1(setup);
  const some = children !== null && children.accepted > 0 && children.refused.includes(exchange);
  const [, refuser] = endsOf(sa, exchange.startedBy);
  return {
    // Another Child SA of the same phase 1 may be up.
    ...(setup.progress.state === "up" || isOlderInUse
      ? ({ severity: "warning" } as const)
      : severityUnlessMended(context, setup, lastTimeOf(exchange.request))),
    ...graded([laterAnswer(refusal, exchange, context)], CHILD_REFUSAL_CAUSES),
    provenance: "deduced",
    phase: phaseOf(sa, exchange),
    headline: some
      ? someRefusedText(refuser.address, children)
      : say`${messageName(sa, exchange, "request")} is refused with INFORMATIONAL${attemptsText(failed)}`,
    summary: joined(
      "Phase 1 is up. The first quick mode message is answered with a short INFORMATIONAL from the other side instead of Quick Mode 2: ",
      "it does not accept the proposal or the proxy IDs. ",
      some ? acceptedChildrenText(children) : "",
    ),
    evidence: (some ? children.refused.slice(-CITED_REFUSALS) : [exchange]).flatMap((one) => [
      ...evidenceOf(one.request, messageName(sa, one, "request"), some ? 1 : 2),
      ...evidenceOf(
        (one === exchange ? refusal : refusalOf(setup, one))?.request ?? null,
        "INFORMATIONAL instead of Quick Mode 2",
        some ? 1 : 2,
      ),
    ]),
    remedies: some ? SOME_REFUSED_REMEDIES : REFUSED_CHILD_REMEDIES,
  };
}

/** An INFORMATIONAL may come along with Quick Mode 2: open until the asker asks again or the capture goes on without it. */
function laterAnswer(refusal: Exchange, asked: Exchange, context: TunnelContext): Rival | null {
  return lastTimeOf(asked.request) > firstTimeOf(refusal.request) ? null : mayComeAlong(context, refusal);
}
