import { say } from "../../texts/message.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Judgement } from "../../diagnosis/judgement.js";
import type { JoinedHost } from "../../joint/joined.js";
import { presentedJudgement } from "../presented-judgement.js";
import { shownJudgement } from "../shown-judgement.js";
import { isOutageReport, peerLines, sharedText, spanText, tunnelsText } from "../outage/words.js";
import { PLAIN, type Presentation, presentationOf } from "../presentation.js";
import { renderText } from "../text.js";
import { pageData } from "./data.js";
import { embeddedPieces, htmlLines, htmlText } from "./escape.js";
import { PAGE_SCRIPT, PAGE_STYLE } from "./generated/client.js";
import { pageHead } from "./head.js";
import type { PageHead } from "./page-data.js";

/**
 * The report as one page that needs nothing else: no network (its policy forbids it), no other file. `version` is
 * ikescope's own. `hosts`: what hosts themselves say, shown beside the frames on one line of time. Without scripts it shows the
 * report as text.
 */
export function renderHtml(
  judged: Judgement,
  version: string,
  presentation: Presentation = PLAIN,
  hosts: readonly JoinedHost[] = [],
): string {
  return [...renderHtmlPieces(judged, version, presentation, hosts)].join("");
}

/** The same page in pieces, with one tunnel's part of it in memory at a time. */
export function* renderHtmlPieces(
  judged: Judgement,
  version: string,
  asked: Presentation = PLAIN,
  hosts: readonly JoinedHost[] = [],
): Generator<string> {
  const presentation = presentationOf(judged.files, asked);
  const { texts } = presentation;
  const whole = presentedJudgement(judged, presentation);
  const judgement = shownJudgement(whole);
  const head = pageHead(judgement, presentation, whole);
  const { status, word, who, what } = head;
  const body = [
    `<a class="skip" href="#detail">${htmlText(texts.of("Skip to the tunnel"))}</a>`,
    `<header class="top" data-status="${status}">`,
    `<p class="verdict"><span class="badge" data-status="${status}">${htmlText(word)}</span><span class="tools"><button type="button" id="theme" hidden></button></span></p>`,
    `<h1>${htmlText(who)}</h1>`,
    ...paragraph("what", what),
    ...(isOutageReport(judgement) ? causes(judgement, presentation) : paragraph("scope", head.scope)),
    `<ul class="files">${files(head)}</ul>`,
    ...paragraph("note", head.notJudged),
    `</header>`,
    `<main id="main"></main>`,
    `<noscript><pre>${htmlLines(renderText(judged, { presentation }))}</pre></noscript>`,
    `<footer>ikescope ${htmlText(version)}. ${htmlText(texts.of("This page holds all it shows and loads nothing."))}</footer>`,
    `<script type="application/json" id="data">`,
  ];
  yield [
    `<!doctype html>`,
    `<html lang="${texts.language === "zh" ? "zh-Hans" : "en"}">`,
    `<head>`,
    `<meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy()}">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta name="referrer" content="no-referrer">`,
    `<meta name="color-scheme" content="light dark">`,
    `<title>${htmlText(`${word}: ${who}`)} - ikescope</title>`,
    `<link rel="icon" href="data:,">`,
    `<style>${PAGE_STYLE}</style>`,
    `</head>`,
    `<body>`,
    ...body,
  ].join("\n");
  yield* embeddedPieces(pageData(judged, presentation, hosts));
  yield [`</script>`, `<script>${PAGE_SCRIPT}</script>`, `</body>`, `</html>`, ""].join("\n");
}

/** Nothing is loaded, and only the page's own script and style run. */
function contentSecurityPolicy(): string {
  return [
    "default-src 'none'",
    `script-src '${hashSource(PAGE_SCRIPT)}'`,
    `style-src '${hashSource(PAGE_STYLE)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function hashSource(text: string): string {
  const digest = sha256(new TextEncoder().encode(text));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}

/** The faults with their numbers of tunnels, the worst first: the list of tunnels below can be filtered by the codes. */
function causes(judgement: Judgement, { clock, names, texts }: Presentation): string[] {
  const items = judgement.causes.map((cause) => {
    const shared = sharedText(cause, judgement, clock);
    const facts = [
      texts.of(
        say`${tunnelsText(cause.tunnels.length)} ${cause.status}, ${cause.code}: ${cause.finding.title}`,
      ),
      ...peerLines(cause).map((text) => names.in(texts.of(text))),
      texts.of(spanText(cause, judgement, clock)),
      ...(shared === null ? [] : [names.in(texts.of(shared))]),
    ];
    const [first = "", ...rest] = facts.filter((text) => text !== "").map(htmlText);
    return `<li><b>${first}</b>${rest.map((text) => `<br>${text}`).join("")}</li>`;
  });
  return items.length === 0 ? [] : [`<ul class="files causes">${items.join("")}</ul>`];
}

function files({ files: captures }: PageHead): string {
  return captures
    .map(({ name, about, notes }, index) => {
      // Frames of this file begin with its number.
      const number = captures.length > 1 ? `${index + 1}: ` : "";
      const said = notes.map((note) => `<br>${htmlText(note)}`).join("");
      return `<li>${number}<b>${htmlText(name)}</b>: ${htmlText(about)}${said}</li>`;
    })
    .join("");
}

function paragraph(kind: string, text: string | null): string[] {
  return text === null || text === "" ? [] : [`<p class="${kind}">${htmlText(text)}</p>`];
}
