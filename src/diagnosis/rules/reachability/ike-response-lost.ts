import { arrivedResponse } from "../../facts/silence/arrived-response.js";
import { sideOf } from "../../facts/side.js";
import type { Exchange, Transmission, Endpoint, IkeSa } from "../../../session/model.js";
import type { Setup, TunnelContext } from "../../context.js";
import { evidenceAt, evidenceOf, triesText } from "../../evidence.js";
import { firstSighting, firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import type { Evidence, Rival } from "../../finding.js";
import { messageName, phaseOf } from "../../phases.js";
import { carriesTrafficAfter, type Mended, severityUnlessMended } from "../../facts/life/healing.js";
import { endsOf } from "../../../session/model/queries.js";
import { keptByDevice } from "../../places/kept-by-device.js";
import { lackOf } from "../../facts/silence/lacking-parts.js";
import {
  BACK_OFF,
  ENOUGH_REPEATS,
  endsInRepeats,
  lostResponse,
  repeatsBehindAnswer,
} from "../../facts/silence/lost-response.js";
import { defineRule } from "../../rule.js";
import { type Message, joined, say } from "../../../texts/message.js";

export const ikeResponseLost = defineRule({
  code: "ike-response-lost",
  severity: "critical",
  title: "The answer is sent, but the other side never sees it",
  explanation:
    "Request and response are both in the capture, yet the requester repeats its request and the same response is sent again: the response is lost after the capture point, or the requester's host drops it.",
  signature:
    "Request and response are both in the capture; after the response the same request comes at least twice more, and the same response with it; the requester does nothing that needs the response.",
  remedies: [
    "Near the responder: follow the way back to the initiator (firewall state, routing, source address of the answer).",
    "Near the initiator: look at the host itself: INPUT rules ('nft list ruleset'), reverse path filter ('sysctl net.ipv4.conf.all.rp_filter'), wrong source address, checksum errors.",
    "Check that the response leaves from the address and port that the request was sent to.",
  ],
  commands: ["route", "firewall", "capture"],
  references: ["RFC 7296 section 2.1"],
  // Checks of the side that answers are in vain too: the path, or the peer, is gone as a whole.
  yieldsTo: ["dpd-timeout"],
  onlyWith: ["several-messages", "unanswered"],
  detect: (context) => {
    const failed = context.setups.flatMap((setup) => {
      const exchange = lostResponse(setup, context);
      // A response of which a part is missing here each time is for the rules about fragments.
      if (exchange !== null && lackOf(exchange) !== null) return [];
      return exchange === null ? [] : [{ setup, exchange }];
    });
    const last = failed.at(-1);
    if (last?.exchange.request == null || last.exchange.response === null) return null;
    const { exchange, setup } = last;
    const { sa } = setup;
    const request: Transmission = last.exchange.request;
    const response: Transmission = last.exchange.response;
    const [asker, answerer] =
      exchange.startedBy === "initiator" ? [sa.initiator, sa.responder] : [sa.responder, sa.initiator];
    const isSure = repeatsBehindAnswer(exchange) >= ENOUGH_REPEATS;
    const arrived = arrivedTries(context, { setup, exchange });
    const [ask, answer] = [messageName(sa, exchange, "request"), messageName(sa, exchange, "response")];
    return {
      ...severityOf(context, { setup, exchange, time: gaveUpAt(setup, exchange, request) }, asker),
      confidence: isSure ? "likely" : "possible",
      provenance: isSure ? "deduced" : "inferred",
      phase: phaseOf(sa, exchange),
      headline:
        arrived > 0
          ? say`${answer} arrives ${arrived} times at ${asker.address}, which repeats its request all the same`
          : say`${answer} is sent ${response.tries} times but does not reach ${asker.address}`,
      summary: joined(
        say`${asker.address} sent ${ask} (${triesText(request)}), and ${answerer.address} answered ${response.tries} times. `,
        say`${isSure ? "The requester goes on repeating, so its daemon does not get the answers." : ONCE} ${arrived > 0 ? atHost(asker) : (keptByDevice(context, response) ?? onTheWay(context, asker, answerer))}`,
      ),
      evidence: [
        ...firstInRow(context, { setup, exchange }),
        ...evidenceOf(request, ask, 3),
        ...evidenceOf(response, answer, 3),
      ],
      rivals: [
        {
          code: "authentication-rejected-by-initiator",
          separatedBy: "the requester's log: it receives the answer and drops it as invalid",
        },
        ...(isSure ? [] : [LAST_ARRIVED]),
      ],
    };
  },
});

interface Failed {
  readonly setup: Setup;
  readonly exchange: Exchange;
}

/** The request with which it began, where several IKE SAs in a row, up to this one, end so. */
function firstInRow({ setups }: TunnelContext, { setup, exchange }: Failed): Evidence[] {
  const before = setups.slice(0, setups.indexOf(setup));
  const ends = before.map((one) => endsInRepeats(one, exchange));
  const row = ends.slice(ends.lastIndexOf(undefined) + 1);
  const [sa, first] = [before[before.length - row.length]?.sa, row[0]];
  const sighting = firstSighting(first?.request ?? null);
  if (sa === undefined || first === undefined || sighting === undefined) return [];
  const ask = messageName(sa, first, "request");
  const text = say`${ask}, the first of ${row.length + 1} in a row whose answer does not arrive`;
  return [evidenceAt(sighting, text)];
}

const ONCE =
  "It asked again after an answer, and then no more. The capture begins so late that these may be its last attempts: it gave up because no answer reached it.";

const LAST_ARRIVED: Rival = {
  code: "ike-auth-missing",
  separatedBy:
    "a capture that begins before the first attempt: if the requester stops repeating long before it gives up, the last answer arrived",
};

/** How often the answer is seen to arrive where it was asked for; 0 where no capture shows that it does. */
function arrivedTries(context: TunnelContext, { setup: { sa }, exchange }: Failed): number {
  const [asker] = endsOf(sa, exchange.startedBy);
  return sideOf(context, asker.address) === "near"
    ? (exchange.response?.tries ?? 0)
    : (arrivedResponse(context, sa, exchange)?.tries ?? 0);
}

function atHost(asker: Endpoint): Message {
  return say`The answers arrive at ${asker.address}: look at that host (firewall input, reverse path filter, checksum).`;
}

/**
 * A later setup that is up by an answer alone mends nothing where answers are lost: the asker has to go on after such an answer,
 * or traffic has to pass.
 */
function severityOf(
  context: TunnelContext,
  { setup, exchange, time }: Failed & { readonly time: number },
  asker: Endpoint,
): Mended | Record<string, never> {
  const goesOn = context.setups.some(
    ({ sa }) => sa.id !== setup.sa.id && goesOnAfterAnswer(sa, exchange.exchangeType, time, asker),
  );
  return goesOn || carriesTrafficAfter(context, time, setup)
    ? severityUnlessMended(context, setup, time)
    : {};
}

/** An exchange of this kind is answered after `time`, and a new request of the asker follows the answer. */
function goesOnAfterAnswer(sa: IkeSa, exchangeType: number, time: number, asker: Endpoint): boolean {
  const answers = sa.exchanges.flatMap((other) =>
    other.exchangeType === exchangeType && firstTimeOf(other.response) > time
      ? [firstTimeOf(other.response)]
      : [],
  );
  const answeredAt = Math.min(...answers);
  return sa.exchanges.some(
    ({ startedBy, request }) =>
      firstTimeOf(request) > answeredAt && endsOf(sa, startedBy)[0].address === asker.address,
  );
}

/**
 * When the asker stopped waiting. On an SA that was up, traffic goes on until then and is torn down behind it; before, any
 * traffic later than the last try means that the setup came through.
 */
function gaveUpAt({ progress }: Setup, exchange: Exchange, request: Transmission): number {
  const [before, last] = request.sightings.slice(-2);
  if (!progress.later.includes(exchange) || before === undefined || last === undefined) {
    return lastTimeOf(request);
  }
  return last.time + (last.time - before.time) * BACK_OFF;
}

function onTheWay(context: TunnelContext, asker: Endpoint, answerer: Endpoint): Message {
  switch (sideOf(context, asker.address)) {
    case "far":
      return say`The answers leave ${answerer.address}: they are lost on the way back.`;
    case "both-ends":
      return say`The answers are in the file of ${answerer.address}: they are lost on the way back, or ${asker.address} drops them.`;
    case "between":
      return say`The answers pass the capture point and are lost between it and ${asker.address}.`;
    case "near":
    case "unknown":
      return "The answers are lost after the capture point.";
  }
}
