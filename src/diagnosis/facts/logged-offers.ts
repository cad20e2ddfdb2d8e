import type { HostEvent } from "../../evidence/record.js";
import type { HostContext } from "../context.js";
import { eventsOf } from "./host.js";
import { joined, listed, type Message, say } from "../../texts/message.js";

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
  return {
    text: joined(
      say`It is offered ${listed(offered.map(suiteText), "or")} and takes ${listed(wanted.map(suiteText), "or")}.`,
      changeText(offered, wanted),
    ),
    events: [received, configured],
  };
}

type Suite = readonly string[];

/** "ESP:AES_CBC_128/HMAC_SHA1_96/NO_EXT_SEQ, ESP:..." as lists of algorithms. */
function suitesIn(text: string): Suite[] {
  return text.split(", ").map((suite) => suite.trim().replace(/^\w+:/, "").split("/"));
}

function suiteText(suite: Suite): string {
  return suite.join("/");
}

/** The pair of suites that differs in the fewest algorithms, and what would make it fit. */
function changeText(offered: readonly Suite[], wanted: readonly Suite[]): Message {
  const pairs = offered.flatMap((here) => wanted.map((there) => difference(here, there)));
  const [least] = pairs.toSorted((a, b) => sizeOf(a) - sizeOf(b));
  if (least === undefined || sizeOf(least) === 0) return "";
  const { onlyHere, onlyThere } = least;
  if (onlyHere.length === 0) return say` The least change: the peer offers ${listed(onlyThere, "and")} too.`;
  if (onlyThere.length === 0) return say` The least change: the peer leaves out ${listed(onlyHere, "and")}.`;
  return say` The least change: the peer offers ${listed(onlyThere, "and")} instead of ${listed(onlyHere, "and")}.`;
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
