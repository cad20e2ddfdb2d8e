import { formatSuite } from "../ike/suite-text.js";
import { implementationOf } from "../session/implementation.js";
import { openTunnel } from "../session/log/open-tunnel.js";
import type { KeptTunnel } from "../session/model.js";
import { commonText } from "../texts/common-texts.js";
import { AskedRules } from "./asked-rules.js";
import { compareSetups } from "./changes.js";
import type { Code } from "./codes.js";
import { commandsAtPeers } from "./commands/at-peers.js";
import { toldOr } from "./commands/told.js";
import { withConsequences } from "./consequences.js";
import { type CaptureContext, type TunnelContext, tunnelContext } from "./context.js";
import { detectedBy, findingOf } from "./detected.js";
import { citedAsker } from "./facts/cited-asker.js";
import { behindNat } from "./facts/nat/behind-nat.js";
import { hostsOf } from "./facts/host/events.js";
import { areOfOtherClients } from "./facts/authentication/same-client.js";
import type { Finding } from "./finding.js";
import type { JudgedTunnel } from "./judgement.js";
import type { NearAddresses } from "./near-addresses.js";
import { nextStep } from "./next-step.js";
import { proofOf } from "./proof.js";
import { standingText } from "./standing.js";
import { isTellable } from "./needs.js";
import { OpenedWhenAsked } from "./opened-when-asked.js";
import { troubleSince } from "./outage/since.js";
import { atOnePlace } from "./places/at-one-place.js";
import { withAttemptsOfOnePlace } from "./places/attempts.js";
import { placedAtBothEnds } from "./places/both-ends.js";
import { childSaOnce, packetsOnce, withPacketsOnce } from "./places/packets-once.js";
import { HOST_RULES, RULES, TUNNEL_RULES } from "./rules/index.js";
import { bySeverity } from "./severity.js";
import { isStray } from "./stray.js";
import { isUp, tunnelStatus } from "./status.js";
import { toldOutcomes } from "./told-outcomes.js";

const ASKED = new AskedRules(TUNNEL_RULES);

/**
 * Runs the rules about a tunnel over it. What is judged holds nothing of the opened tunnel, so that it is small once the
 * context is forgotten. `near` learns from it, and tells the capture point where the packets of the tunnel do not.
 */
export function judgeTunnel(
  read: KeptTunnel,
  capture: CaptureContext,
  near: NearAddresses,
): { readonly judged: JudgedTunnel; readonly context: TunnelContext } {
  const kept = withAttemptsOfOnePlace(read, capture.places);
  const own = tunnelContext(openTunnel(kept), capture);
  near.learn(own.tunnel.addresses, own.vantage);
  const context = placedAtBothEnds(near.applied(own));
  const implementations = implementationsOf(context);
  const peers = { addresses: context.tunnel.addresses, implementations };
  const findings = bySeverity(
    withConsequences(told(context), (one, other) => areOfOtherClients(context, one, other)),
  ).map((finding) => ({
    ...finding,
    commands: finding.atNeitherPeer
      ? []
      : commandsAtPeers(RULES[finding.code], { ...peers, asker: citedAsker(context, finding) }),
  }));
  const root = findings.find(({ severity }) => severity === "critical");
  const hadFailed = findings.some(({ mended }) => mended);
  const proof = proofOf(context, hadFailed);
  const up = isUp(context);
  const status = tunnelStatus(context, findings, proof);
  const isStrayTunnel = isStray(context.tunnel, status);
  const outcomes = toldOutcomes(context, findings, status);
  const counted = packetsOnce(kept, capture.places);
  const judged = new OpenedWhenAsked(withPacketsOnce(kept, counted), {
    childSas: context.tunnel.childSas.map((child) => childSaOnce(child, counted)),
    vantage: context.vantage,
    nat: behindNat(context),
    implementations,
    suite: suiteText(context),
    // A setup that is still under way at the end of a healthy tunnel has not failed.
    comparison:
      status === "healthy" || status === "up"
        ? null
        : compareSetups(context.setups, context.tunnel.client !== null),
    status,
    isUp: up,
    standing: commonText(standingText(context, proof, up, outcomes.states)).message,
    // Beside others it is told by its number alone.
    next: isStrayTunnel && capture.tunnels.length > 1 ? null : nextStep(context, { status, findings, proof }),
    failingPhase: root?.phase ?? null,
    findings,
    told: outcomes,
    since: troubleSince(context, findings),
    isStray: isStrayTunnel,
  });
  return { judged, context };
}

function implementationsOf({
  tunnel,
  capture: { products },
}: TunnelContext): JudgedTunnel["implementations"] {
  const [first, second] = tunnel.addresses;
  return [
    toldOr(products?.[0], implementationOf(tunnel, first)),
    toldOr(products?.[1], implementationOf(tunnel, second)),
  ];
}

/** The findings of a tunnel by precedence, without what another verdict explains better and what these files cannot show. */
function told(context: TunnelContext): Finding[] {
  const { capture } = context;
  const ofHosts = hostsOf(context).flatMap((host) =>
    detectedBy(HOST_RULES, (rule) =>
      rule.per === undefined ? rule.detect({ host, tunnel: context, capture }) : null,
    ),
  );
  const all = [
    ...ofHosts,
    ...detectedBy(ASKED.of(context), (rule) => rule.detect(context) ?? atOnePlace(rule, context)),
  ];
  // A finding that these files cannot show is not told, so it silences no other.
  const tellable = all.filter(({ rule }) => isTellable(rule, capture.files));
  const codes = new Set<Code>(tellable.map(({ rule }) => rule.code));
  return tellable
    .filter(({ rule }) => rule.yieldsTo?.some((code) => codes.has(code)) !== true)
    .map((each) => findingOf(each, context));
}

function suiteText({ setups }: TunnelContext): string | null {
  const suite = setups.findLast(({ progress }) => progress.suite !== null)?.progress.suite ?? null;
  return suite === null ? null : formatSuite(suite);
}
