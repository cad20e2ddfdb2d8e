import type { Micros } from "../bytes/time.js";
import { openTunnel } from "../session/log/open-tunnel.js";
import type { CaptureFile, KeptTunnel, Place, SessionModel } from "../session/model.js";
import { type BehindNat, firstJudgement } from "../session/nat.js";
import { implementationOf } from "../session/implementation.js";
import { formatSuite } from "../ike/suite-text.js";
import type { JoinedHost } from "../joint/joined.js";
import { hasTunnel, hostsOf } from "./facts/host.js";
import { clientsAtOnce } from "./facts/clients.js";
import { compareSetups } from "./changes.js";
import type { Code } from "./codes.js";
import { commandsAtPeers } from "./commands/at-peers.js";
import { type ToldProducts, toldOr } from "./commands/told.js";
import { type CaptureContext, type TunnelContext, tunnelContext } from "./context.js";
import { isTellable } from "./needs.js";
import { type Finding, type Status, STATUSES, type Verdict } from "./finding.js";
import { severityRank } from "./severity.js";
import { doubtOf, isSuspicion } from "./doubt.js";
import { headlineConfidence, headlineOf } from "./headline.js";
import { causesOf } from "./outage/cause.js";
import { troubleSince } from "./outage/since.js";
import { placedAtBothEnds } from "./places/both-ends.js";
import type { JudgedTunnel, Judgement } from "./judgement.js";
import { OpenedWhenAsked } from "./opened-when-asked.js";
import { SharedVantage } from "./shared-vantage.js";
import type { Rule } from "./rule.js";
import { scopeOf } from "./scope.js";
import { CAPTURE_RULES, HOST_RULES, RULES, TUNNEL_RULES } from "./rules/index.js";
import { proofOf } from "./proof.js";
import { inEnglish } from "../texts/texts.js";
import { standingText } from "./standing.js";
import { isUp, tunnelStatus } from "./status.js";

/**
 * Runs every rule over the model. Pure: the same model gives the same judgement. `places`: of several files that hold the same
 * packets, what each shows by itself. `hosts`: what hosts themselves say. `products`: what the peers are.
 */
export function judge(
  model: SessionModel,
  files: readonly CaptureFile[],
  places: readonly Place[] = [],
  hosts: readonly JoinedHost[] = [],
  products?: ToldProducts,
): Judgement {
  const steps = judgeStepwise(model, files, places, hosts, products);
  for (;;) {
    const step = steps.next(false);
    if (step.done === true) return step.value;
  }
}

/** The same a tunnel a step: told to end, it gives the judgement of the tunnels that it has come to. */
export function* judgeStepwise(
  { tunnels, observations, clearFlows, opened }: SessionModel,
  files: readonly CaptureFile[],
  places: readonly Place[],
  hosts: readonly JoinedHost[] = [],
  products?: ToldProducts,
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
  const vantage = new SharedVantage(tunnels);
  const judged: JudgedTunnel[] = [];
  for (const tunnel of tunnels) {
    judged.push(judgeTunnel(tunnel, capture, vantage).judged);
    const isToEnd: boolean = yield;
    if (isToEnd) break;
  }
  const ofCapture = judgeCapture(capture);
  const told = new Set([...judged.flatMap(({ findings }) => findings), ...ofCapture].map(({ code }) => code));
  const all = [...ofCapture, ...ofHostsAtLast(capture, told)];
  return judgementOf(judged, capture, all, tunnels.length - judged.length);
}

/** What the rules about the capture as a whole say. */
export function judgeCapture(capture: CaptureContext): Finding[] {
  const ofCapture = CAPTURE_RULES.flatMap((rule) => {
    const verdict = rule.detect(capture);
    return verdict === null ? [] : [findingOf(rule, verdict, null)];
  });
  return [...withConsequences(ofHostsAlone(capture)), ...ofCapture];
}

/** What is said of the texts of hosts as such, and of hosts without a tunnel in the capture. */
function ofHostsAlone(capture: CaptureContext): Finding[] {
  return (capture.hosts ?? []).flatMap((host) => {
    const context = { host, tunnel: null, capture };
    const isAlone = host.foreign === null && !hasTunnel(host, capture);
    const ofHost = HOST_RULES.flatMap((rule) => {
      const verdict =
        rule.per === "once" || (rule.per === undefined && isAlone) ? rule.detect(context) : null;
      return verdict === null ? [] : [findingOf(rule, verdict, null)];
    });
    const ofTunnels = !isAlone
      ? []
      : TUNNEL_RULES.flatMap((rule) => {
          const verdict = rule.detectOnHost?.(context) ?? null;
          return verdict === null ? [] : [findingOf(rule, verdict, null)];
        });
    return [...ofHost, ...ofTunnels];
  });
}

/** What is left to say of hosts once everything else is told. */
function ofHostsAtLast(capture: CaptureContext, told: ReadonlySet<Code>): Finding[] {
  const hosts = (capture.hosts ?? []).filter(({ foreign }) => foreign === null);
  return hosts.flatMap((host) =>
    HOST_RULES.flatMap((rule) => {
      const verdict = rule.per === "last" ? rule.detect({ host, tunnel: null, capture, told }) : null;
      return verdict === null ? [] : [findingOf(rule, verdict, null)];
    }),
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

/** Where the sniffer stands, as other tunnels tell where a tunnel's own packets do not. */
export interface PlaceHint {
  applied(context: TunnelContext): TunnelContext;
}

/**
 * Runs the rules about a tunnel over it. What is judged holds nothing of the opened tunnel, so that it is small once the
 * context is forgotten.
 */
export function judgeTunnel(
  kept: KeptTunnel,
  capture: CaptureContext,
  vantage: PlaceHint,
): { readonly judged: JudgedTunnel; readonly context: TunnelContext } {
  const context = placedAtBothEnds(vantage.applied(tunnelContext(openTunnel(kept), capture)));
  const implementations = implementationsOf(context);
  const peers = { addresses: context.tunnel.addresses, implementations };
  const findings = bySeverity(withConsequences(told(context))).map((finding) => ({
    ...finding,
    commands: commandsAtPeers(RULES[finding.code], peers),
  }));
  const root = findings.find(({ severity }) => severity === "critical");
  const [proof, up] = [proofOf(context), isUp(context)];
  const judged = new OpenedWhenAsked(kept, {
    childSas: context.tunnel.childSas,
    vantage: context.vantage,
    nat: behindNat(context),
    implementations,
    suite: suiteText(context),
    clients: clientsAtOnce(context),
    comparison: compareSetups(context.setups),
    status: tunnelStatus(context, findings, proof),
    isUp: up,
    standing: standingText(context, proof, up),
    failingPhase: root?.phase ?? null,
    findings,
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

/** What the rules detect, by precedence, apart from what another verdict explains better and what these files cannot show. */
function told(context: TunnelContext): Finding[] {
  const detected = TUNNEL_RULES.flatMap((rule) => {
    const verdict = rule.detect(context);
    return verdict === null ? [] : [{ rule, verdict }];
  });
  const ofHosts = hostsOf(context).flatMap((host) =>
    HOST_RULES.flatMap((rule) => {
      const verdict =
        rule.per !== undefined ? null : rule.detect({ host, tunnel: context, capture: context.capture });
      return verdict === null ? [] : [{ rule, verdict }];
    }),
  );
  const all = [...ofHosts, ...detected];
  const codes = new Set<Code>(all.map(({ rule }) => rule.code));
  return all
    .filter(({ rule }) => rule.yieldsTo?.some((code) => codes.has(code)) !== true)
    .filter(({ rule }) => isTellable(rule, context.capture.files))
    .map(({ rule, verdict }) => findingOf(rule, verdict, context));
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

/**
 * One fault, one critical finding. A cause comes before its consequences: of the findings that begin before the earliest
 * one has ended, the first by the order of the rules is the root, and all others are named as following from it. A suspicion is
 * the root only where nothing is more than suspected.
 */
function withConsequences(findings: readonly Finding[]): Finding[] {
  const all = findings.filter(({ severity }) => severity === "critical");
  const firm = all.filter((finding) => !isSuspicion(finding));
  const critical = firm.length > 0 ? firm : all;
  const earliest = critical.toSorted((a, b) => firstTime(a) - firstTime(b))[0];
  if (earliest === undefined) return [...findings];
  const root = critical.find((finding) => firstTime(finding) <= lastTime(earliest)) ?? earliest;
  return findings.map((finding) =>
    finding === root || finding.severity !== "critical"
      ? finding
      : { ...finding, severity: "warning", causedBy: root.code },
  );
}

function firstTime({ evidence, lines }: Finding): Micros {
  return Math.min(...timesOf(evidence, lines, -Infinity));
}

function lastTime({ evidence, lines }: Finding): Micros {
  return Math.max(...timesOf(evidence, lines, Infinity));
}

/** A dump alone has no time: it may have been so all the while. */
function timesOf(evidence: Finding["evidence"], lines: Finding["lines"], always: Micros): Micros[] {
  const times = [
    ...evidence.map(({ time }) => time),
    ...lines.flatMap(({ time }) => (time === null ? [] : [time])),
  ];
  return times.length === 0 ? [always] : times;
}

function findingOf(rule: Rule, verdict: Verdict, context: TunnelContext | null): Finding {
  const { code, severity, title, remedies, references } = rule;
  return {
    code,
    severity: verdict.severity ?? severity,
    mended: verdict.mended ?? false,
    confidence: verdict.confidence,
    doubt: doubtOf(verdict),
    provenance: verdict.provenance,
    tunnel: context?.tunnel.id ?? null,
    phase: verdict.phase,
    vantage: context?.vantage.place ?? null,
    title,
    headline: inEnglish(verdict.headline),
    summary: inEnglish(verdict.summary),
    evidence: verdict.evidence.map((item) => ({ ...item, text: inEnglish(item.text) })),
    lines: (verdict.lines ?? []).map((line) => ({ ...line, text: inEnglish(line.text) })),
    rivals: (verdict.rivals ?? []).map(({ code: rival, separatedBy }) => ({
      code: rival,
      separatedBy: inEnglish(separatedBy),
    })),
    remedies: remedies.map(inEnglish),
    commands: [],
    references,
    causedBy: null,
    messages: { ...verdict, remedies },
  };
}

function bySeverity(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity));
}

function overallStatus(tunnels: readonly JudgedTunnel[]): Status {
  const worst = STATUSES.find((status) => tunnels.some((judged) => judged.status === status));
  return worst ?? "nothing-to-judge";
}
