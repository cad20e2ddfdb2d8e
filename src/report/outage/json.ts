import type { Cause } from "../../diagnosis/judgement.js";
import { isoTime, type Micros } from "../../bytes/time.js";
import { inEnglish } from "../../texts/texts.js";
import { peerLines } from "./words.js";

/** A cause with the tunnels that it hits, by their ids; times are UTC. */
export function causeJson(cause: Cause) {
  const { code, status, confidence, finding, tunnels, shared } = cause;
  return {
    code,
    status,
    confidence,
    title: finding.title,
    count: tunnels.length,
    since: timeOrNull(cause.since),
    lastSince: timeOrNull(cause.lastSince),
    peers: peerLines(cause).map(inEnglish),
    shared: shared.map(({ property, text, from, failing, failingOf, working, workingOf }) => ({
      property,
      text: from === null ? inEnglish(text) : `${inEnglish(text)} ${isoTime(from)}`,
      failing,
      failingOf,
      working,
      workingOf,
    })),
    tunnels: tunnels.map(({ tunnel }) => tunnel.id),
  };
}

function timeOrNull(time: Micros | null): string | null {
  return time === null ? null : isoTime(time);
}
