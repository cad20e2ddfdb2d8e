import { summarizePayload } from "../../../ike/describe/payload.js";
import type { AddressRangeSelector, TrafficSelector, TrafficSelectorsPayload } from "../../../ike/message.js";
import { toHex } from "../../../bytes/hex.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import type { Setup, TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import { openedOf, type OpenedPart, selectorsIn } from "../../facts/opened/opened.js";
import { endsOf } from "../../../session/model/queries.js";
import { messageName, phaseOf } from "../../phases.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

interface Narrowed {
  readonly setup: Setup;
  readonly exchange: Exchange;
  readonly asked: readonly TrafficSelectorsPayload[];
  readonly got: readonly TrafficSelectorsPayload[];
  readonly said: OpenedPart;
}

/** The responder grants less than was asked for: what lies outside has no tunnel (RFC 7296 2.9). */
export const childTsNarrowed = defineRule({
  code: "child-ts-narrowed",
  severity: "info",
  title: "The responder narrows the traffic selectors",
  explanation:
    "The Child SA is for fewer addresses than the initiator asked for: traffic of the rest finds no tunnel, or asks for another one.",
  signature:
    "The traffic selectors of an answer to IKE_AUTH or CREATE_CHILD_SA, opened with keys, hold fewer addresses, ports or protocols than those of the request.",
  remedies: [
    "If a host outside of the narrower range cannot be reached: make the subnets the same on both sides.",
    "If the initiator is a client that asks for everything, this is how it gets its part: nothing to do.",
  ],
  commands: ["child"],
  references: ["RFC 7296 section 2.9"],
  needs: ["keys"],
  detect: (context) => {
    const last = narrowedIn(context).at(-1);
    if (last === undefined) return null;
    const { setup, exchange, asked, got, said } = last;
    const [asker, answerer] = endsOf(setup.sa, exchange.startedBy);
    const tokens = (payloads: readonly TrafficSelectorsPayload[]): string =>
      payloads.map((payload) => summarizePayload(payload, 2)).join(" ");
    return {
      confidence: "certain",
      provenance: "observed",
      phase: phaseOf(setup.sa, exchange),
      headline: say`${answerer.address} narrows the Child SA to ${tokens(got)}; ${tokens(asked)} was asked for`,
      summary: say`${asker.address} asks for ${tokens(asked)}, and ${answerer.address} grants ${tokens(got)} (${said.mark}). What lies outside is not in this tunnel.`,
      evidence: [
        ...evidenceOf(
          exchange.request,
          say`${messageName(setup.sa, exchange, "request")}: ${tokens(asked)}`,
          1,
        ),
        ...evidenceOf(
          exchange.response,
          say`${messageName(setup.sa, exchange, "response")}: ${tokens(got)}`,
          1,
        ),
      ],
    };
  },
});

function narrowedIn(context: TunnelContext): Narrowed[] {
  if (context.capture.opened === undefined) return [];
  return context.setups.flatMap((setup) => {
    if (setup.sa.majorVersion !== 2) return [];
    // With EAP the offer is in the first request, and the choice in the last response.
    const firstOffer = setup.sa.exchanges
      .filter(({ exchangeType }) => exchangeType === EXCHANGE_V2.IKE_AUTH)
      .map(({ request }) => openedOf(context, request))
      .find((part) => part !== null && selectorsIn(part).length === 2);
    return setup.sa.exchanges.flatMap((exchange) => {
      const said = openedOf(context, exchange.response);
      const request =
        exchange.exchangeType === EXCHANGE_V2.IKE_AUTH ? firstOffer : openedOf(context, exchange.request);
      if (said === null || request == null) return [];
      const [asked, got] = [selectorsIn(request), selectorsIn(said)];
      const isNarrowed = got.length === 2 && asked.some((payload, at) => isNarrower(got[at], payload));
      return isNarrowed ? [{ setup, exchange, asked, got, said }] : [];
    });
  });
}

/** Whether something of the selectors that were asked for is in none that was granted, by their ends. */
function isNarrower(got: TrafficSelectorsPayload | undefined, asked: TrafficSelectorsPayload): boolean {
  if (got === undefined) return false;
  const granted = got.selectors.filter(isRange);
  // The first selector of a request may be that of the packet that asked for the SA (RFC 7296 2.9).
  return asked.selectors.filter(isRange).some((wanted) => !granted.some((one) => holds(one, wanted)));
}

function isRange(selector: TrafficSelector): selector is AddressRangeSelector {
  return selector.form === "addressRange";
}

function holds(one: AddressRangeSelector, other: AddressRangeSelector): boolean {
  return (
    one.type === other.type &&
    (one.protocol === 0 || one.protocol === other.protocol) &&
    one.startPort <= other.startPort &&
    one.endPort >= other.endPort &&
    toHex(one.start) <= toHex(other.start) &&
    toHex(one.end) >= toHex(other.end)
  );
}
