import type { Micros } from "../../../bytes/time.js";
import type { Redirect } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import { evidenceCited } from "../../evidence.js";
import { isUpSince, redirectIndex } from "../../facts/negotiation/redirect-index.js";
import { redirectsOf } from "../../facts/negotiation/redirects.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** REDIRECT_LOOP_DETECT_PERIOD of RFC 5685. */
const LOOP_PERIOD: Micros = 300_000_000;

/** Redirects that this rule follows; a client gives up long before. */
const LONGEST_WAY = 16;

/**
 * Gateways send a client round in a circle: each of them redirects it, the way comes back to the one where it began, and
 * that one redirects it again. Told once, at the gateway of the circle that redirected first.
 */
export const redirectLoop = defineRule({
  code: "redirect-loop",
  severity: "critical",
  title: "Gateways redirect the client in a circle",
  explanation:
    "Each gateway sends the client on to the next, and the last one back to the first, so none of them takes it.",
  signature:
    "The way of a client from REDIRECT to REDIRECT ends at a gateway that sent it on before, or each answer names the gateway that gives it; no setup of the client comes up after that.",
  remedies: [
    "Correct the redirect policy of the named gateways: one of them has to take the client.",
    "Until then, switch redirects off at the client or connect it to one gateway only.",
  ],
  commands: ["extensions", "log"],
  references: ["RFC 5685"],
  onlyWith: ["demand"],
  detect: (context) => {
    const own = redirectsOf(context.tunnel);
    const [first, again] = [own[0], own[1]];
    if (first === undefined || again === undefined || again.time - first.time > LOOP_PERIOD) return null;
    const { client } = first;
    const way = circleFrom(context, first);
    if (way === null || isUpSince(context.capture, client, first.time)) return null;
    if (beganElsewhere(context, way)) return null;
    const gateways = way.map(({ gateway }) => gateway);
    return {
      confidence: "certain",
      provenance: "observed",
      phase: "IKE_SA_INIT",
      headline: say`${client} is redirected in a circle: ${[...gateways, gateways[0]].join(" -> ")}`,
      summary: say`Each of ${gateways.length === 1 ? "these answers" : say`these ${gateways.length} gateways`} sends ${client} on with REDIRECT, and the way ends where it began (${own.length} times at ${first.gateway}). The gateways are the side to look at; ${client} does what it is told.`,
      evidence: [...way, again].map(({ last, gateway }) => evidenceCited(last, say`${gateway} redirects`)),
    };
  },
});

/** The redirects from `first` on until its gateway is met again; null where the way ends or was told from elsewhere. */
function circleFrom({ capture }: TunnelContext, first: Redirect): Redirect[] | null {
  const way = [first];
  for (let at = first; way.length <= LONGEST_WAY;) {
    if (at.target === first.gateway) return way;
    const next = redirectIndex(capture).next(first.client, at.target ?? "", at.time);
    if (next === undefined || next.time - first.time > LOOP_PERIOD || way.includes(next)) return null;
    way.push(next);
    at = next;
  }
  return null;
}

/** Another gateway of the circle redirected the client before: it is told there. */
function beganElsewhere({ capture }: TunnelContext, [first, ...others]: readonly Redirect[]): boolean {
  if (first === undefined) return false;
  const { client, time } = first;
  return others.some(({ gateway }) =>
    redirectIndex(capture).isRedirected(client, gateway, time - LOOP_PERIOD, time),
  );
}
