import type { CaptureContext, TunnelContext } from "../diagnosis/context.js";
import { tunnelContext } from "../diagnosis/context.js";
import { type Finding, STATUSES } from "../diagnosis/finding.js";
import { judgeTunnel } from "../diagnosis/judge-tunnel.js";
import type { JudgedTunnel } from "../diagnosis/judgement.js";
import type { NearAddresses } from "../diagnosis/near-addresses.js";
import { OpenedWhenAsked } from "../diagnosis/opened-when-asked.js";
import { bySeverity } from "../diagnosis/severity.js";
import { partsOf } from "../session/clients/tunnels-of-clients.js";
import { openTunnel } from "../session/log/open-tunnel.js";
import type { KeptTunnel, TunnelClient } from "../session/model.js";
import { joined, say } from "../texts/message.js";
import { inEnglish } from "../texts/texts.js";

/**
 * Judges all that two addresses do, as one tunnel of the table. Where several clients share an address each is judged by itself: together
 * they stand as the worst of them, and each finding says which client it is of.
 */
export function judgeClients(
  kept: KeptTunnel,
  capture: CaptureContext,
  near: NearAddresses,
): { readonly judged: JudgedTunnel; readonly context: TunnelContext } {
  const parts = partsOf(kept);
  const each = parts.map((part) => judgeTunnel(part, capture, near));
  const worst = STATUSES.flatMap((status) => each.filter(({ judged }) => judged.status === status))[0];
  if (worst === undefined || each.length === 1) return worst ?? judgeTunnel(kept, capture, near);
  const context = tunnelContext(openTunnel(kept), capture);
  const all = each.map(({ judged }) => judged);
  const sorted = bySeverity(all.flatMap(namedFindings));
  // Each code is raised once for a tunnel: for the client that has it the worst.
  const findings = [
    ...new Map(sorted.toReversed().map((finding) => [finding.code, finding])).values(),
  ].toReversed();
  const told = {
    exchanges: new Map(all.flatMap((judged) => [...judged.told.exchanges])),
    states: new Map(all.flatMap((judged) => [...judged.told.states])),
  };
  const { childSas } = context.tunnel;
  const isUp = all.some((judged) => judged.isUp);
  return { judged: new OpenedWhenAsked(kept, { ...worst.judged, childSas, findings, told, isUp }), context };
}

function namedFindings({ tunnel: { client }, findings }: JudgedTunnel): readonly Finding[] {
  return client === null
    ? findings
    : findings.map((finding) => (finding.severity === "info" ? finding : named(finding, client)));
}

function named(finding: Finding, { address, port }: TunnelClient): Finding {
  const { messages } = finding;
  const headline = joined(
    messages.headline,
    say`; the client on UDP ${port}, not the only one behind ${address}`,
  );
  return { ...finding, headline: inEnglish(headline), messages: { ...messages, headline } };
}
