import { type Clock, UTC } from "../bytes/clock.js";
import { headlineOf } from "../diagnosis/headline.js";
import type { Finding } from "../diagnosis/finding.js";
import type { JudgedTunnel, Judgement } from "../diagnosis/judgement.js";
import { ENGLISH, type Texts } from "../texts/texts.js";
import { clockedTexts } from "./clocked-texts.js";
import { mappedTunnels, namedJudgement } from "./named-judgement.js";
import type { Presentation } from "./presentation.js";

/** The judgement as a person reads it: its texts in one language, times by the clock, with names behind the addresses in them. */
export function presentedJudgement(judgement: Judgement, { clock, names, texts }: Presentation): Judgement {
  const translated = translatedJudgement(judgement, clockedTexts(texts, clock));
  return namedJudgement({ ...translated, headline: headlineIn(judgement, clock, texts) }, names);
}

/** The headline of a judgement as a person reads it. */
export function presentedHeadline(judgement: Judgement, { clock, names, texts }: Presentation): string {
  return names.in(headlineIn(judgement, clock, texts));
}

function headlineIn(judgement: Judgement, clock: Clock, texts: Texts): string {
  const headline = clock === UTC ? judgement.messages.headline : headlineOf(judgement, clock);
  return clockedTexts(texts, clock).of(headline);
}

/** The judgement with its texts in one language. */
export function translatedJudgement(judgement: Judgement, texts: Texts): Judgement {
  if (texts === ENGLISH) return judgement;
  return {
    ...judgement,
    headline: texts.of(judgement.messages.headline),
    shared: judgement.messages.shared.map((message) => texts.of(message)),
    findings: judgement.findings.map((finding) => presentedFinding(finding, texts)),
    ...mappedTunnels(
      judgement,
      (judged) => presentedTunnel(judged, texts),
      (finding) => presentedFinding(finding, texts),
    ),
  };
}

/** A tunnel is unpacked when it is asked for its exchanges: a copy would have to ask at once. */
function presentedTunnel(judged: JudgedTunnel, texts: Texts): JudgedTunnel {
  return new Proxy(judged, {
    get: (target, property): unknown =>
      property === "findings"
        ? target.findings.map((finding) => presentedFinding(finding, texts))
        : Reflect.get(target, property, target),
  });
}

/** A finding with its texts in one language. */
export function presentedFinding(finding: Finding, texts: Texts): Finding {
  if (texts === ENGLISH) return finding;
  const { headline, summary, evidence, lines = [], rivals = [] } = finding.messages;
  return {
    ...finding,
    title: texts.of(finding.title),
    headline: texts.of(headline),
    summary: texts.of(summary),
    evidence: evidence.map((item) => ({ ...item, text: texts.of(item.text) })),
    lines: lines.map((line) => ({ ...line, text: texts.of(line.text) })),
    rivals: rivals.map((rival) => ({ ...rival, separatedBy: texts.of(rival.separatedBy) })),
    remedies: finding.messages.remedies.map((remedy) => texts.of(remedy)),
  };
}
