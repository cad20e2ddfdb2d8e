import type { Finding } from "../diagnosis/finding.js";
import type { JudgedTunnel, Judgement } from "../diagnosis/judgement.js";
import type { AddressNames } from "./address-names.js";

/** The judgement with names behind the addresses in all that it says in words; addresses as such stay as they are. */
export function namedJudgement(judgement: Judgement, names: AddressNames): Judgement {
  if (names.isEmpty) return judgement;
  return {
    ...judgement,
    headline: names.in(judgement.headline),
    shared: judgement.shared.map((text) => names.in(text)),
    findings: judgement.findings.map((finding) => namedFinding(finding, names)),
    ...mappedTunnels(
      judgement,
      (judged) => namedTunnel(judged, names),
      (finding) => namedFinding(finding, names),
    ),
  };
}

/** The tunnels, and the causes with the same tunnels, each as it is to be shown. */
export function mappedTunnels(
  { tunnels, causes }: Judgement,
  tunnelOf: (judged: JudgedTunnel) => JudgedTunnel,
  findingOf: (finding: Finding) => Finding,
): Pick<Judgement, "tunnels" | "causes"> {
  const shown = new Map(tunnels.map((judged) => [judged, tunnelOf(judged)]));
  const shownAs = (judged: JudgedTunnel): JudgedTunnel => shown.get(judged) ?? judged;
  return {
    tunnels: tunnels.map(shownAs),
    causes: causes.map((cause) => ({
      ...cause,
      tunnels: cause.tunnels.map(shownAs),
      example: shownAs(cause.example),
      finding: findingOf(cause.finding),
    })),
  };
}

/** A tunnel is unpacked when it is asked for its exchanges: a copy would have to ask at once. */
function namedTunnel(judged: JudgedTunnel, names: AddressNames): JudgedTunnel {
  return new Proxy(judged, {
    get: (target, property): unknown =>
      property === "findings"
        ? target.findings.map((finding) => namedFinding(finding, names))
        : Reflect.get(target, property, target),
  });
}

function namedFinding(finding: Finding, names: AddressNames): Finding {
  const { title, headline, summary, evidence, lines, remedies } = finding;
  return {
    ...finding,
    title: names.in(title),
    headline: names.in(headline),
    summary: names.in(summary),
    evidence: evidence.map((item) => ({ ...item, text: names.in(item.text) })),
    lines: lines.map((item) => ({ ...item, text: names.in(item.text) })),
    remedies: remedies.map((text) => names.in(text)),
  };
}
