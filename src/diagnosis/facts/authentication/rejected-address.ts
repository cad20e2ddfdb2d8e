import { lastTimeOf } from "../../../session/sightings.js";
import { setupsIn, type TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import type { Rival, Verdict } from "../../finding.js";
import { graded, rivalOfRepeated } from "../../grade.js";
import { severityUnlessMended } from "../life/healing.js";
import { say } from "../../../texts/message.js";
import { rejectedModeConfig } from "./rejected-mode-config.js";

/** The client asks for its address, and ends the setup at the answer. */
export function rejectedAddress(context: TunnelContext): Verdict | null {
  const found = setupsIn(context, "phase-1-up").flatMap((setup) => {
    const rejected = rejectedModeConfig(setup, context);
    return rejected === null ? [] : [{ setup, ...rejected }];
  });
  const last = found.at(-1);
  const answer = last?.request.response;
  if (last === undefined || answer == null) return null;
  const { setup, request, ends, rival } = last;
  const [client, gateway] = [setup.sa.initiator.address, setup.sa.responder.address];
  return {
    ...severityUnlessMended(context, setup, lastTimeOf(ends.at(-1)?.request ?? null)),
    ...graded([rivalOfRepeated(found, rival)], [ENDED_BY_USER]),
    provenance: "deduced",
    phase: "TRANSACTION",
    headline: say`${client} does not accept the answer to its request for an address, and ends the setup${attemptsText(found)}`,
    summary: say`Phase 1 is up and the login is through. ${client} asks for its address by TRANSACTION (mode config), ${gateway} answers with ${answer.message.header.length} bytes, and at once ${client} sends INFORMATIONAL and asks for no quick mode: the answer lacks what it needs, most often an address, for the gateway has no pool for it or none is free.`,
    evidence: [
      ...evidenceOf(request.request, "TRANSACTION: request of the client", 1),
      ...evidenceOf(answer, "TRANSACTION: the gateway's answer", 1),
      ...ends.slice(0, 2).flatMap((end) => evidenceOf(end.request, "INFORMATIONAL from the client", 1)),
    ],
    remedies: ADDRESS_STEPS,
  };
}

const ENDED_BY_USER: Rival = {
  code: "sa-deleted-by-peer",
  separatedBy: "the client's log: whether it misses an attribute in the answer, or its user ended it",
};

const ADDRESS_STEPS: readonly string[] = [
  "At the gateway: does the connection of this client have an address pool, with addresses free? Its log says which address it assigned, or that it has none.",
  "The client's log names the attribute that it misses (address, netmask, DNS).",
];
