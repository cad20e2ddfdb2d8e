import { type Address, ipv4At, ipv6At } from "../../bytes/address.js";
import { printable } from "../../bytes/text.js";
import type { Micros } from "../../bytes/time.js";
import type { Payload } from "../../ike/message.js";
import { NOTIFY_V2 } from "../../ike/registries/notify-v2.js";
import { openTunnel } from "../../session/kept/open-tunnel.js";
import type { Exchange, IkeSa, Tunnel } from "../../session/model.js";
import { firstTimeOf, progressOf, saOf } from "../../session/progress.js";
import type { TunnelContext, TunnelRule } from "../context.js";
import { evidenceOf } from "../evidence.js";

/** REDIRECT_LOOP_DETECT_PERIOD of RFC 5685. */
const LOOP_PERIOD: Micros = 300_000_000;
/** Redirects that this rule follows; a client gives up long before. */
const LONGEST_WAY = 16;

/** Gateway identity types (RFC 5685). */
const GATEWAY_IPV4 = 1;
const GATEWAY_IPV6 = 2;

interface Redirect {
  readonly sa: IkeSa;
  readonly exchange: Exchange;
  readonly time: Micros;
  /** Where to, as text; null where it is no address or name. */
  readonly target: string | null;
}

/** REDIRECT in clear answers IKE_SA_INIT: the gateway sends the client elsewhere. */
export const redirected: TunnelRule = ({ tunnel }) => {
  const all = redirectsOf(tunnel);
  const last = all.at(-1);
  if (last === undefined) return null;
  const { sa } = last;
  const target = last.target ?? "another gateway";
  return {
    code: "redirected",
    confidence: "certain",
    provenance: "observed",
    phase: "IKE_SA_INIT",
    headline: `${sa.responder.address} redirects ${sa.initiator.address} to ${target}`,
    summary: `${sa.responder.address} answers IKE_SA_INIT with REDIRECT to ${target}${all.length > 1 ? ` (${all.length} times)` : ""}; the message claims so, it is not authenticated. What happens at ${target} is another tunnel.`,
    evidence: all.slice(-3).flatMap(({ exchange }) => evidenceOf(exchange.response, "REDIRECT", 1)),
  };
};

/**
 * Gateways send a client round in a circle: each of them redirects it, the way comes back to the one where it began, and
 * that one redirects it again. Told once, at the gateway of the circle that redirected first.
 */
export const redirectLoop: TunnelRule = (context) => {
  const own = redirectsOf(context.tunnel);
  const [first, again] = [own[0], own[1]];
  if (first === undefined || again === undefined || again.time - first.time > LOOP_PERIOD) return null;
  const client = first.sa.initiator.address;
  const way = circleFrom(context, first, client);
  if (way === null || isUpSince(context, client, first.time) || beganElsewhere(context, way)) return null;
  const gateways = way.map(({ sa }) => sa.responder.address);
  return {
    code: "redirect-loop",
    confidence: "certain",
    provenance: "observed",
    phase: "IKE_SA_INIT",
    headline: `${client} is redirected in a circle: ${[...gateways, gateways[0]].join(" -> ")}`,
    summary: `Each of ${gateways.length === 1 ? "these answers" : `these ${gateways.length} gateways`} sends ${client} on with REDIRECT, and the way ends where it began (${own.length} times at ${first.sa.responder.address}). The gateways are the side to look at; ${client} does what it is told.`,
    evidence: [...way, again].flatMap(({ exchange, sa }) =>
      evidenceOf(exchange.response, `${sa.responder.address} redirects`, 1),
    ),
  };
};

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

function redirectsOf({ ikeSas }: Tunnel): Redirect[] {
  const found: Redirect[] = [];
  for (const sa of ikeSas) {
    if (sa.majorVersion === 1) continue;
    for (const exchange of sa.exchanges) {
      const { response } = exchange;
      const notify = response?.message.payloads.find(isRedirect);
      if (response === null || notify?.kind !== "notify" || saOf(response) !== null) continue;
      found.push({ sa, exchange, time: firstTimeOf(response), target: targetOf(notify.data) });
    }
  }
  return found;
}

function isRedirect(payload: Payload): boolean {
  return payload.kind === "notify" && payload.notifyType === NOTIFY_V2.REDIRECT;
}

function targetOf(data: Uint8Array): string | null {
  const [type, length] = data;
  if (length === undefined || length === 0 || data.length < 2 + length) return null;
  if (type === GATEWAY_IPV4) return length === 4 ? ipv4At(data, 2) : null;
  if (type === GATEWAY_IPV6) return length === 16 ? ipv6At(data, 2) : null;
  return printable(String.fromCodePoint(...data.subarray(2, 2 + length)));
}
