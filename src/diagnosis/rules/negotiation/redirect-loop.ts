import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import { openTunnel } from "../../../session/kept/open-tunnel.js";
import { progressOf } from "../../../session/progress.js";
import type { TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import { redirectsOf, type Redirect } from "../../facts/redirects.js";
import { defineRule } from "../../rule.js";

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
    "The way of a client from REDIRECT to REDIRECT ends at a gateway that sent it on before, or each answer names the gateway that gives it; no setup of the client comes up behind that.",
  remedies: [
    "Correct the redirect policy of the named gateways: one of them has to take the client.",
    "Until then, switch redirects off at the client or connect it to one gateway only.",
  ],
  commands: ["extensions", "log"],
  references: ["RFC 5685"],
  detect: (context) => {
    const own = redirectsOf(context.tunnel);
    const [first, again] = [own[0], own[1]];
    if (first === undefined || again === undefined || again.time - first.time > LOOP_PERIOD) return null;
    const client = first.sa.initiator.address;
    const way = circleFrom(context, first, client);
    if (way === null || isUpSince(context, client, first.time) || beganElsewhere(context, way)) return null;
    const gateways = way.map(({ sa }) => sa.responder.address);
    return {
      confidence: "certain",
      provenance: "observed",
      phase: "IKE_SA_INIT",
      headline: `${client} is redirected in a circle: ${[...gateways, gateways[0]].join(" -> ")}`,
      summary: `Each of ${gateways.length === 1 ? "these answers" : `these ${gateways.length} gateways`} sends ${client} on with REDIRECT, and the way ends where it began (${own.length} times at ${first.sa.responder.address}). The gateways are the side to look at; ${client} does what it is told.`,
      evidence: [...way, again].flatMap(({ exchange, sa }) =>
        evidenceOf(exchange.response, `${sa.responder.address} redirects`, 1),
      ),
    };
  },
});

/** The redirects from `first` on until its gateway is met again; null where the way ends or was told from elsewhere. */
function circleFrom({ capture }: TunnelContext, first: Redirect, client: Address): Redirect[] | null {
  const way = [first];
  const start = first.sa.responder.address;
  for (let at = first; way.length <= LONGEST_WAY;) {
    if (at.target === start) return way;
    const next = capture.tunnels
      .filter(({ addresses }) => addresses.includes(client) && addresses.includes(at.target ?? ""))
      .flatMap((tunnel) => redirectsOf(openTunnel(tunnel)))
      .find(({ sa, time }) => sa.initiator.address === client && time >= at.time);
    if (next === undefined || next.time - first.time > LOOP_PERIOD || way.includes(next)) return null;
    way.push(next);
    at = next;
  }
  return null;
}

/** Another gateway of the circle redirected the client before: it is told there. */
function beganElsewhere({ capture }: TunnelContext, way: readonly Redirect[]): boolean {
  const [first, ...others] = way;
  if (first === undefined) return false;
  const gateways = new Set(others.map(({ sa }) => sa.responder.address));
  return capture.tunnels
    .flatMap((tunnel) =>
      tunnel.addresses.some((address) => gateways.has(address)) ? redirectsOf(openTunnel(tunnel)) : [],
    )
    .some(
      ({ sa, time }) =>
        sa.initiator.address === first.sa.initiator.address &&
        gateways.has(sa.responder.address) &&
        time < first.time &&
        first.time - time <= LOOP_PERIOD,
    );
}

function isUpSince({ capture }: TunnelContext, client: Address, time: Micros): boolean {
  return capture.tunnels.some(
    ({ addresses, ikeSas }) =>
      addresses.includes(client) && ikeSas.some((sa) => (progressOf(sa.open()).upAt ?? 0) > time),
  );
}
