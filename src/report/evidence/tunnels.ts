import type { FrameRef } from "../../bytes/frame.js";
import type { JudgedTunnel, Judgement } from "../../diagnosis/judgement.js";
import type { KeptIkeSa, KeptTunnel } from "../../session/model.js";
import { framesOf } from "./context.js";

/** Tunnels with a fault that an extract holds, the failing ones first. */
const TUNNELS = 64;
/** Tunnels of a capture without any fault: they show what it was judged by. */
const EXAMPLES = 16;
/** Other tunnels of the clients of a chosen one, under any of their addresses: whether a client got through elsewhere may decide. */
const BESIDE = 16;
/** Other tunnels that own a frame which a finding of a chosen one cites. */
const OWNERS = 16;

const ORDER = ["failing", "suspected", "degraded", "nothing-to-judge", "up", "healthy"];

/** The tunnels that an extract is about. */
export function chosenTunnels({ tunnels, status }: Judgement): JudgedTunnel[] {
  const faulty = tunnels
    .filter(({ findings }) => findings.some(({ severity }) => severity !== "info"))
    .toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status))
    .slice(0, TUNNELS);
  const examples = tunnels.filter((judged) => judged.status === status).slice(0, EXAMPLES);
  const chosen = new Set([...faulty, ...(faulty.some((judged) => judged.status === status) ? [] : examples)]);
  if (chosen.size === 0) return tunnels.slice(0, EXAMPLES);
  const clients = new Set([...chosen].flatMap(clientsOf));
  const beside = tunnels.filter((judged) => !chosen.has(judged) && clients.has(clientOf(judged)));
  return [...chosen, ...beside.slice(0, BESIDE)].toSorted((a, b) => a.tunnel.id - b.tunnel.id);
}

/**
 * The chosen tunnels and those whose IKE SAs own a cited frame, as far as those are few: an IKE SA without its ESP would say
 * something else too.
 */
export function withOwners(
  judgement: Judgement,
  chosen: readonly JudgedTunnel[],
  cited: ReadonlySet<FrameRef>,
): JudgedTunnel[] {
  const owners = new Set(
    ownersOf(judgement, chosen, cited)
      .slice(0, OWNERS)
      .map(({ tunnel }) => tunnel),
  );
  const added = judgement.tunnels.filter(({ tunnel }) => owners.has(tunnel));
  return [...chosen, ...added].toSorted((a, b) => a.tunnel.id - b.tunnel.id);
}

/** IKE SAs of further tunnels that own a cited frame: a message without its exchange would say something else. */
export function ownersOf(
  { tunnels }: Judgement,
  chosen: readonly JudgedTunnel[],
  cited: ReadonlySet<FrameRef>,
): { readonly tunnel: KeptTunnel; readonly sas: readonly KeptIkeSa[] }[] {
  const own = new Set<KeptTunnel>(chosen.map(({ tunnel }) => tunnel));
  return tunnels.flatMap(({ tunnel }) => {
    if (own.has(tunnel)) return [];
    const sas = tunnel.ikeSas.filter((sa) => framesOf(sa.open()).some((frame) => cited.has(frame)));
    return sas.length === 0 ? [] : [{ tunnel, sas }];
  });
}

/** The client, and what addresses the tunnel was seen with behind a NAT device or before it. */
function clientsOf(judged: JudgedTunnel): string[] {
  return [clientOf(judged), ...judged.tunnel.aliases.map(({ address }) => address)];
}

function clientOf({ tunnel }: JudgedTunnel): string {
  return tunnel.addresses[0];
}
