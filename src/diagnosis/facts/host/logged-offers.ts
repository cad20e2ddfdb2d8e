import type { HostEvent } from "../../../evidence/record.js";
import { listed, type Message, say, verbatim } from "../../../texts/message.js";
import type { HostContext } from "../../context.js";
import { eventsOf } from "./events.js";

/** Both lines stand directly before the one that refuses. */
const LINES_BEFORE = 10;
const RECEIVED = /^received proposals: /;
const CONFIGURED = /^configured proposals: /;

/** Offer and configuration as charon prints them before it refuses, side by side, and the least that has to change. */
export interface LoggedOffers {
  readonly text: Message;
  readonly events: readonly HostEvent[];
}

/** The offers that stand before a line that refuses; null where the log has them not. */
export function offersInLog(context: HostContext, refusal: HostEvent): LoggedOffers | null {
  const near = eventsOf(context, "config").filter(
    ({ source, ikeId }) =>
      source.file === refusal.source.file &&
      ikeId === refusal.ikeId &&
      source.line < refusal.source.line &&
      source.line >= refusal.source.line - LINES_BEFORE,
  );
  const received = near.findLast(({ text }) => RECEIVED.test(text));
  const configured = near.findLast(({ text }) => CONFIGURED.test(text));
  if (received === undefined || configured === undefined) return null;
  const offered = suitesIn(received.text.replace(RECEIVED, ""));
  const wanted = suitesIn(configured.text.replace(CONFIGURED, ""));
  const both = say`It is offered ${alternatives(offered)} and takes ${alternatives(wanted)}.`;
  const change = changeText(offered, wanted);
  return {
    text: change === null ? both : listed([both, change], "blank"),
    events: [received, configured],
  };
}

type Suite = readonly string[];

/** "ESP:AES_CBC_128/HMAC_SHA1_96/NO_EXT_SEQ, ESP:..." as lists of algorithms. */
function suitesIn(text: string): Suite[] {
  return text.split(", ").map((suite) => suite.trim().replace(/^\w+:/, "").split("/"));
}

function alternatives(suites: readonly Suite[]): Message {
  return verbatim(suites.map((suite) => suite.join("/")).join(", "));
}

/** The pair of suites that differs in the fewest algorithms, and what would make it fit. */
function changeText(offered: readonly Suite[], wanted: readonly Suite[]): Message | null {
  const pairs = offered.flatMap((here) => wanted.map((there) => difference(here, there)));
  const [least] = pairs.toSorted((a, b) => sizeOf(a) - sizeOf(b));
  if (least === undefined || sizeOf(least) === 0) return null;
  const [here, there] = [least.onlyHere, least.onlyThere].map((names) => verbatim(names.join(", ")));
  if (here === undefined || there === undefined) return null;
  if (least.onlyHere.length === 0) return say`The least change: the peer offers ${there} too.`;
  if (least.onlyThere.length === 0) return say`The least change: the peer leaves out ${here}.`;
  return say`The least change: the peer offers ${there} instead of ${here}.`;
}

interface Difference {
  readonly onlyHere: Suite;
  readonly onlyThere: Suite;
}

function difference(here: Suite, there: Suite): Difference {
  return {
    onlyHere: here.filter((name) => !there.includes(name)),
    onlyThere: there.filter((name) => !here.includes(name)),
  };
}

function sizeOf({ onlyHere, onlyThere }: Difference): number {
  return Math.max(onlyHere.length, onlyThere.length);
}
