import { openTunnel } from "../session/log/open-tunnel.js";
import type { CaptureFile, KeptTunnel, SessionModel } from "../session/model.js";
import { type BehindNat, firstJudgement } from "../session/nat.js";
import { vantageOf } from "../session/vantage.js";
import { implementationOf } from "../session/implementation.js";
import { formatSuite } from "../ike/suite-text.js";
import { hostsOf } from "./facts/host.js";
import { clientsAtOnce } from "./facts/clients.js";
import { areOfOtherClients } from "./facts/same-client.js";
import { compareSetups } from "./changes.js";
import type { Code } from "./codes.js";
import { commandsAtPeers } from "./commands/at-peers.js";
import { type ToldProducts, toldOr } from "./commands/told.js";
import { type CaptureContext, type TunnelContext, tunnelContext } from "./context.js";
import { isTellable } from "./needs.js";
import { type Finding, type Status, STATUSES } from "./finding.js";
import { severityRank } from "./severity.js";
import { withConsequences } from "./consequences.js";
import { detectedBy, findingOf } from "./detected.js";
import { isSuspicion } from "./doubt.js";
import { headlineConfidence, headlineOf } from "./headline.js";
import { AskedRules } from "./asked-rules.js";
import { causesOf } from "./outage/cause.js";
import { troubleSince } from "./outage/since.js";
import { atOnePlace } from "./places/at-one-place.js";
import { withAttemptsOfOnePlace } from "./places/attempts.js";
import { childSaOnce, packetsOnce, withPacketsOnce } from "./places/packets-once.js";
import { placedAtBothEnds } from "./places/both-ends.js";
import type { JudgedTunnel, Judgement } from "./judgement.js";
import { OpenedWhenAsked } from "./opened-when-asked.js";
import { NearAddresses } from "./near-addresses.js";
import { scopeOf } from "./scope.js";
import { CAPTURE_RULES, HOST_RULES, RULES, TUNNEL_RULES } from "./rules/index.js";
import { proofOf } from "./proof.js";
import { commonText } from "../texts/common-texts.js";
import { inEnglish } from "../texts/texts.js";
import { suspiciousFirst } from "./suspicious-first.js";
import { toldOutcomes } from "./told-outcomes.js";
import { standingText } from "./standing.js";
import { isUp, tunnelStatus } from "./status.js";

/** What is known beside the model and its files. */
type JudgeOptions = Partial<Pick<CaptureContext, "places" | "hosts">> & {
  readonly products?: ToldProducts | undefined;
};

/** Runs every rule over the model. Pure: the same model gives the same judgement. */
export function judge(
  model: SessionModel,
  files: readonly CaptureFile[],
  options: JudgeOptions = {},
): Judgement {
  const steps = judgeStepwise(model, files, options);
  for (;;) {
    const step = steps.next(false);
    if (step.done === true) return step.value;
  }
}

/**
 * The same a tunnel a step, those that look as if something were wrong first: told to end, it gives the judgement of the tunnels
 * that it has come to.
 */
export function* judgeStepwise(
  { tunnels, observations, clearFlows, opened }: SessionModel,
  files: readonly CaptureFile[],
  { places = [], hosts = [], products }: JudgeOptions,
): Generator<void, Judgement, boolean> {
  const capture: CaptureContext = {
    observations,
    files,
    tunnels,
    clearFlows,
    places,
    ...(opened === undefined ? {} : { opened }),
    ...(hosts.length === 0 ? {} : { hosts }),
    ...(products === undefined ? {} : { products }),
  };
  const near = new NearAddresses();
  for (const tunnel of tunnels) near.learn(tunnel.addresses, vantageOf(tunnel));
  const known = new Map<KeptTunnel, JudgedTunnel>();
  for (const tunnel of suspiciousFirst(tunnels)) {
    known.set(tunnel, judgeTunnel(tunnel, capture, near).judged);
    const isToEnd: boolean = yield;
    if (isToEnd) break;
  }
  const judged = tunnels.flatMap((tunnel) => known.get(tunnel) ?? []);
  const ofCapture = judgeCapture(capture);
  const told = new Set([...judged.flatMap(({ findings }) => findings), ...ofCapture].map(({ code }) => code));
  const all = [...ofCapture, ...ofHostsAtLast(capture, told)];
  return judgementOf(judged, capture, all, tunnels.length - judged.length);
}

/** The findings about the capture as a whole, those of hosts without a tunnel first. */
export function judgeCapture(capture: CaptureContext): Finding[] {
  const ofCapture = detectedBy(CAPTURE_RULES, (rule) => rule.detect(capture));
  return [...withConsequences(ofHostsAlone(capture)), ...ofCapture.map((each) => findingOf(each, null))];
}

/** The findings about the texts of hosts as such, and about hosts without a tunnel in the capture. */
function ofHostsAlone(capture: CaptureContext): Finding[] {
  return (capture.hosts ?? []).flatMap((host) => {
    const context = { host, tunnel: null, capture };
    // Beside a capture, what belongs to none of its tunnels is no fault of any.
    const isAlone = host.foreign === null && capture.tunnels.length === 0;
    const detected = [
      ...detectedBy(HOST_RULES, (rule) =>
        rule.per === "once" || (rule.per === undefined && isAlone) ? rule.detect(context) : null,
      ),
      ...detectedBy(TUNNEL_RULES, (rule) => (isAlone ? (rule.detectOnHost?.(context) ?? null) : null)),
    ];
    return detected.map((each) => findingOf(each, null));
  });
}

/** What is left to say of hosts once everything else is told. */
function ofHostsAtLast(capture: CaptureContext, told: ReadonlySet<Code>): Finding[] {
  const hosts = (capture.hosts ?? []).filter(({ foreign }) => foreign === null);
  return hosts.flatMap((host) =>
    detectedBy(HOST_RULES, (rule) =>
      rule.per === "last" ? rule.detect({ host, tunnel: null, capture, told }) : null,
    ).map((each) => findingOf(each, null)),
  );
}

/** The judgement of tunnels that were judged one by one; of `notJudged` others nothing is known. */
export function judgementOf(
  tunnels: readonly JudgedTunnel[],
  { observations, files }: Pick<CaptureContext, "observations" | "files">,
  ofCapture: readonly Finding[],
  notJudged = 0,
): Judgement {
  const findings = bySeverity([...tunnels.flatMap((judged) => judged.findings), ...ofCapture]);
  const status = worstOf(statusOf(tunnels, notJudged), ofCapture);
  const { scope, shared } = scopeOf(tunnels);
  const causes = causesOf(tunnels);
  const told = { files, observations, status, scope, causes, tunnels, notJudged, findings };
  const headline = headlineOf(told);
  return {
    ...told,
    shared: shared.map(inEnglish),
    headline: inEnglish(headline),
    confidence: headlineConfidence(told),
    messages: { headline, shared },
  };
}

/** A host without a tunnel in the capture can fail too. */
function worstOf(status: Status, ofCapture: readonly Finding[]): Status {
  const critical = ofCapture.filter(({ severity }) => severity === "critical");
  if (critical.length === 0) return status;
  const own: Status = critical.every(isSuspicion) ? "suspected" : "failing";
  return STATUSES.indexOf(own) < STATUSES.indexOf(status) ? own : status;
}

/** That none of the tunnels fails says nothing while some are not judged. */
function statusOf(tunnels: readonly JudgedTunnel[], notJudged: number): Status {
  const status = overallStatus(tunnels);
  return notJudged > 0 && (status === "healthy" || status === "up") ? "nothing-to-judge" : status;
}

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
    commands: finding.atNeitherPeer ? [] : commandsAtPeers(RULES[finding.code], peers),
  }));
  const root = findings.find(({ severity }) => severity === "critical");
  const hadFailed = findings.some(({ mended }) => mended);
  const [proof, up] = [proofOf(context, hadFailed), isUp(context)];
  const status = tunnelStatus(context, findings, proof);
  const outcomes = toldOutcomes(context, findings, status);
  const counted = packetsOnce(kept, capture.places);
  const judged = new OpenedWhenAsked(withPacketsOnce(kept, counted), {
    childSas: context.tunnel.childSas.map((child) => childSaOnce(child, counted)),
    vantage: context.vantage,
    nat: behindNat(context),
    implementations,
    suite: suiteText(context),
    clients: clientsAtOnce(context),
    comparison: compareSetups(context.setups),
    status,
    isUp: up,
    standing: commonText(standingText(context, proof, up, outcomes.states)).message,
    failingPhase: root?.phase ?? null,
    findings,
    told: outcomes,
    since: troubleSince(context, findings),
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
const ASKED = new AskedRules(TUNNEL_RULES);

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
  // What these files cannot show is told by nobody, so it silences nobody.
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

/** Without the packets that it was told by: there are as many of these as tunnels. */
function behindNat({ tunnel, setups }: TunnelContext): BehindNat | null {
  const judgement = firstJudgement(tunnel, setups);
  if (judgement === null) return null;
  const { initiatorBehindNat, responderBehindNat, forced } = judgement;
  return { initiatorBehindNat, responderBehindNat, forced };
}

function bySeverity(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity));
}

function overallStatus(tunnels: readonly JudgedTunnel[]): Status {
  const worst = STATUSES.find((status) => tunnels.some((judged) => judged.status === status));
  return worst ?? "nothing-to-judge";
}
