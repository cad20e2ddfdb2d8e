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
    tunnels: judgement.tunnels.map((judged) => namedTunnel(judged, names)),
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
