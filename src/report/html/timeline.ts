import type { JudgedTunnel } from "../../diagnosis/judgement.js";
import type { JoinedHost } from "../../joint/joined.js";
import { timelineOf } from "../../joint/timeline.js";
import { clockText, entryTime, placesOf, SIGN } from "../host/timeline.js";
import type { Presentation } from "../presentation.js";
import type { PageTimeline } from "./page-timeline.js";
import { frameName } from "../../bytes/frame.js";

/** Entries of a page, and how many of them may come before the first frame: a log goes back for days. */
const ROWS = { all: 2000, beforeFrames: 200 } as const;

/** Frames, lines of logs and events of the kernel on one line of time; null where no host says anything. */
export function pageTimeline(
  hosts: readonly JoinedHost[],
  tunnels: readonly JudgedTunnel[],
  severalFiles: boolean,
  { clock, names, texts }: Presentation,
): PageTimeline | null {
  if (hosts.length === 0) return null;
  const entries = timelineOf(
    hosts,
    tunnels.map(({ tunnel }) => tunnel),
  );
  const firstFrame = entries.findIndex(({ by }) => by === "frame");
  const from = Math.max(0, firstFrame < 0 ? entries.length - ROWS.all : firstFrame - ROWS.beforeFrames);
  const place = placesOf(hosts, severalFiles);
  const shown = entries.slice(from, from + ROWS.all);
  return {
    clocks: hosts.map((host) => names.in(texts.of(clockText(host)))),
    rows: shown.map((entry) => ({
      about: entry.about,
      time: entry.time === null ? "" : `${SIGN[entry.by].trim()}${entryTime(entry.time, entry.step, clock)}`,
      place: names.in(texts.of(place(entry))),
      tunnel: entry.tunnel,
      frame: entry.frame === null ? null : frameName(entry.frame, severalFiles),
      text: names.in(texts.of(entry.text)),
    })),
    before: from,
    after: entries.length - from - shown.length,
  };
}
