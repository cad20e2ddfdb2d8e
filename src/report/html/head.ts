import { type Clock, startShown } from "../../bytes/clock.js";
import { humanDuration } from "../../bytes/time.js";
import type { Judgement } from "../../diagnosis/judgement.js";
import type { CaptureFile } from "../../session/model.js";
import { joined, listed, type Message, say } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import type { Presentation } from "../presentation.js";
import { leftOutText } from "../shown-judgement.js";
import { notJudgedText, verdictWord } from "../words.js";
import type { PageFile, PageHead } from "./page-data.js";

/** The top of a page that shows `judgement` of `whole`. Both are in its language and have its names already. */
export function pageHead(
  judgement: Judgement,
  { clock, texts }: Presentation,
  whole: Judgement = judgement,
): PageHead {
  const { status, headline, files, observations } = judgement;
  const [who = "", ...what] = headline.split("  ");
  const left = [leftOutText(whole, judgement), notJudgedText(observations)].filter((text) => text !== null);
  const scope = scopeText(judgement);
  return {
    status,
    word: texts.of(verdictWord(judgement)).toLowerCase(),
    who,
    what: what.join("; "),
    scope: scope === null ? null : texts.of(scope),
    files: files.map((file) => fileOf(file, clock, texts)),
    notJudged: left.length === 0 ? null : texts.of(listed(left, "blank")),
  };
}

function scopeText({ tunnels, scope: who, shared }: Judgement): Message | null {
  const failing = tunnels.filter(({ status }) => status === "failing").length;
  if (failing < 2) return null;
  const common = shared.length === 0 ? "" : say` They share ${listed(shared)}.`;
  return joined(
    say`Scope: ${who.replaceAll("-", " ")}, ${failing} of ${tunnels.length} tunnels fail.`,
    common,
  );
}

function fileOf(
  { file, format, packets, firstTime, lastTime, notes }: CaptureFile,
  clock: Clock,
  texts: Texts,
): PageFile {
  const span =
    firstTime === null || lastTime === null
      ? ""
      : say`, ${startShown(clock, firstTime)} ${clock.name}, ${humanDuration(lastTime - firstTime)}`;
  return {
    name: file,
    about: texts.of(say`${format}, ${packets} packet${packets === 1 ? "" : "s"}${span}`),
    notes: notes.map(({ text, message = text }) => texts.of(say`note: ${message}`)),
  };
}
