import { isNear } from "../../facts/side.js";
import type { Exchange } from "../../../session/model.js";
import { carriesCookie, notifiesOf } from "../../../session/payloads.js";
import { lastTimeOf } from "../../../session/sightings.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { type Setup, setupsIn, type TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import type { Verdict } from "../../finding.js";
import { isRepeatedInVain, lostDemand } from "../../facts/silence/repeated-in-vain.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** A responder may change its secret once while the initiator answers; a second time is a loop. */
const RETURNED_IN_VAIN = 2;

/**
 * COOKIE answers every IKE_SA_INIT of a setup: the initiator returns the cookie and is asked for another, or it repeats the
 * request without one.
 */
export const cookieLoop = defineRule({
  code: "cookie-loop",
  severity: "critical",
  title: "The responder asks for a cookie again and again",
  explanation:
    "Every IKE_SA_INIT is answered with COOKIE and none goes on: the returned cookie does not fit what the responder sees, or the demand never reaches the initiator.",
  signature:
    "COOKIE answers IKE_SA_INIT again although the cookie was returned, several times, or the same request without a cookie repeats after several demands, and no setup goes on.",
  remedies: [
    "Compare source address and port of the requests: a NAT that changes the mapping from packet to packet makes every cookie invalid (look for several uplinks, load sharing per packet, a pool of addresses).",
    "If several hosts are behind the responder's address: send one client's packets to one host, since each has a secret of its own.",
    "If the initiator repeats the same request: capture there, and see whether COOKIE arrives.",
    "At the responder: find out why it is under load.",
  ],
  commands: ["load", "halfOpen", "capture"],
  references: ["RFC 7296 section 2.6"],
  onlyWith: ["demand"],
  detect: (context) => {
    const stuck = setupsIn(context, "opening").filter(isCookieLoop);
    const last = stuck.at(-1);
    return last === undefined ? null : verdictOf(context, last);
  },
});

/** Whether COOKIE is all that a setup ever got, and it got it too often. */
function isCookieLoop({ progress: { opening, chosen } }: Setup): boolean {
  if (chosen !== null || opening.some(({ response }) => response !== null && !carriesCookie(response))) {
    return false;
  }
  const asked = opening.filter(({ response }) => carriesCookie(response));
  return asked.filter(returnsCookie).length >= RETURNED_IN_VAIN || asked.slice(-1).some(isRepeatedInVain);
}

function returnsCookie({ request }: Exchange): boolean {
  return notifiesOf(request?.message).some(({ notifyType }) => notifyType === NOTIFY_V2.COOKIE);
}

function verdictOf(context: TunnelContext, setup: Setup): Verdict {
  const { sa, progress } = setup;
  const asked = progress.opening.filter(({ response }) => carriesCookie(response));
  const times = asked.reduce((sum, { response }) => sum + (response?.tries ?? 0), 0);
  const returns = asked.filter(returnsCookie).length >= RETURNED_IN_VAIN;
  const ports = new Set(
    asked.flatMap(({ request }) =>
      (request?.sightings ?? []).map(({ source }) => `${source.address} port ${source.port}`),
    ),
  );
  const last = asked.at(-1);
  return {
    ...severityUnlessMended(context, setup, lastTimeOf(last?.response ?? null)),
    confidence: returns ? "certain" : "possible",
    provenance: returns ? "observed" : "inferred",
    phase: "IKE_SA_INIT",
    headline: say`${sa.responder.address} answers every IKE_SA_INIT with COOKIE (${times} times)${ports.size > 1 ? say`, which comes from ${ports.size} addresses or ports` : ""}`,
    summary: returns
      ? joined(
          say`${sa.initiator.address} returns the cookie, and ${sa.responder.address} asks for another each time. `,
          ports.size > 1
            ? say`The request comes from changing addresses or ports (${[...ports].slice(0, 3).join(", ")}): a NAT device changes the mapping between two packets, and a cookie is valid for one address and port only.`
            : "The cookie holds for one address, SPI and nonce: either the request changes more than the cookie, or the responder does not recognise its own (several hosts behind one address, each with a secret of its own).",
        )
      : say`${sa.initiator.address} repeats the same request, though ${sa.responder.address} answers it with COOKIE each time; it never returns one. ${side(context, sa.initiator.address)}`,
    evidence: asked
      .slice(-3)
      .flatMap(({ request, response }) => [
        ...evidenceOf(request, "IKE_SA_INIT request", 2),
        ...evidenceOf(response, "COOKIE", 2),
      ]),
    ...(returns ? {} : { rivals: [lostDemand("COOKIE")] }),
  };
}

function side(context: TunnelContext, initiator: string): string {
  return isNear(context, initiator)
    ? "Captured near the initiator: the demand comes as far as its network, so look at that host (firewall input, an implementation without cookies)."
    : "Either the demand is lost on the way back, or the initiator cannot answer it.";
}
