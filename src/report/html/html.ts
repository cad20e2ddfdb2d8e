import { sha256 } from "@noble/hashes/sha2.js";
import { type Clock, dateAndTime } from "../../bytes/clock.js";
import { humanDuration } from "../../bytes/time.js";
import type { Judgement } from "../../diagnosis/judgement.js";
import type { CaptureFile } from "../../session/model.js";
import { presentedJudgement } from "../presented-judgement.js";
import { joined, listed, say } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import { PLAIN, type Presentation } from "../presentation.js";
import { renderText } from "../text.js";
import { notJudgedText, verdictWord } from "../words.js";
import { pageData } from "./data.js";
import { embeddedJson, htmlLines, htmlText } from "./escape.js";
import { PAGE_SCRIPT, PAGE_STYLE } from "./generated/client.js";

/**
 * The report as one page that needs nothing else: no network (its policy forbids it), no other file. `version` is
 * ikescope's own. Without scripts it shows the report as text.
 */
export function renderHtml(judged: Judgement, version: string, presentation: Presentation = PLAIN): string {
  const { texts, clock } = presentation;
  const judgement = presentedJudgement(judged, presentation);
  const { status, headline } = judgement;
  const word = texts.of(verdictWord(judgement)).toLowerCase();
  const [who = "", ...what] = headline.split("  ");
  const body = [
    `<a class="skip" href="#detail">${htmlText(texts.of("Skip to the tunnel"))}</a>`,
    `<header class="top" data-status="${status}">`,
    `<p class="verdict"><span class="badge" data-status="${status}">${htmlText(word)}</span><span class="tools"><button type="button" id="theme" hidden></button></span></p>`,
    `<h1>${htmlText(who)}</h1>`,
    ...(what.length === 0 ? [] : [`<p class="what">${htmlText(what.join("; "))}</p>`]),
    ...scope(judgement, texts),
    `<ul class="files">${fileItems(judgement.files, clock, texts)}</ul>`,
    ...limits(judgement, texts),
    `</header>`,
    `<main id="main"></main>`,
    `<noscript><pre>${htmlLines(renderText(judged, { presentation }))}</pre></noscript>`,
    `<footer>ikescope ${htmlText(version)}. ${htmlText(texts.of("This page holds all it shows and loads nothing."))}</footer>`,
    `<script type="application/json" id="data">${embeddedJson(pageData(judged, presentation))}</script>`,
    `<script>${PAGE_SCRIPT}</script>`,
  ];
  return [
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
    `</body>`,
    `</html>`,
    "",
  ].join("\n");
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

function scope({ tunnels, scope: who, shared }: Judgement, texts: Texts): string[] {
  const failing = tunnels.filter(({ status }) => status === "failing").length;
  if (failing < 2) return [];
  const common = shared.length === 0 ? "" : say` They share ${listed(shared)}.`;
  const text = joined(
    say`Scope: ${who.replaceAll("-", " ")}, ${failing} of ${tunnels.length} tunnels fail.`,
    common,
  );
  return [`<p class="scope">${htmlText(texts.of(text))}</p>`];
}

function fileItems(files: readonly CaptureFile[], clock: Clock, texts: Texts): string {
  return files
    .map((file, index) => fileItem(file, files.length > 1 ? `${index + 1}: ` : "", clock, texts))
    .join("");
}

/** `number` is what frames of this file begin with, where there are several. */
function fileItem(
  { file, format, packets, firstTime, lastTime, notes }: CaptureFile,
  number: string,
  clock: Clock,
  texts: Texts,
): string {
  const span =
    firstTime === null || lastTime === null
      ? ""
      : say`, ${dateAndTime(clock, firstTime)} ${clock.name}, ${humanDuration(lastTime - firstTime)}`;
  const said = notes
    .map(({ text, message = text }) => `<br>${htmlText(texts.of(say`note: ${message}`))}`)
    .join("");
  return `<li>${number}<b>${htmlText(file)}</b>: ${htmlText(texts.of(say`${format}, ${packets} packets${span}`))}${said}</li>`;
}

function limits({ observations }: Judgement, texts: Texts): string[] {
  const text = notJudgedText(observations);
  return text === null ? [] : [`<p class="note">${htmlText(texts.of(text))}</p>`];
}
