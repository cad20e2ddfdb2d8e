import { type Clock, timeOfDay, zoneText } from "../../bytes/clock.js";
import { frameCapture, frameName, frameNumber } from "../../bytes/frame.js";
import { printable, printableJson } from "../../bytes/text.js";
import { isoTime, type Micros } from "../../bytes/time.js";
import { columnsOfText, padBehind } from "../../bytes/columns.js";
import { listed, type Message, say, verbatim } from "../../texts/message.js";
import { ENGLISH, inEnglish, type Texts } from "../../texts/texts.js";
import type { JoinedHost } from "../../joint/joined.js";
import type { TimelineEntry } from "../../joint/timeline.js";

/** Signs of how sure a time is, before it. */
export const SIGN: Readonly<Record<TimelineEntry["by"], string>> = {
  frame: " ",
  clock: " ",
  order: "~",
  none: "?",
};

/** The line of time for people, a row an entry; what each host's clock is stands above. */
export function* timelineText(
  entries: readonly TimelineEntry[],
  hosts: readonly JoinedHost[],
  severalFiles: boolean,
  clock: Clock,
  texts: Texts = ENGLISH,
): Generator<string> {
  for (const host of hosts) yield `${printable(texts.of(clockText(host)))}\n`;
  const places = placesOf(hosts, severalFiles);
  const place = (entry: TimelineEntry): string => texts.of(places(entry));
  const timeOf = (entry: TimelineEntry): string =>
    entry.time === null ? "-" : `${entryTime(entry.time, entry.step, clock)}${zoneText(clock, entry.time)}`;
  let wide = 0;
  let wideTime = 0;
  for (const entry of entries) {
    wide = Math.max(wide, columnsOfText(place(entry)));
    wideTime = Math.max(wideTime, timeOf(entry).length);
  }
  for (const entry of entries) {
    yield `${SIGN[entry.by]}${timeOf(entry).padEnd(wideTime)}  ${padBehind(printable(place(entry)), wide)}  ${printable(texts.of(entry.text))}\n`;
  }
}

/** Characters of a time of day to the second, and to the millisecond. */
const SHOWN = { second: "hh:mm:ss".length, millisecond: "hh:mm:ss.mmm".length } as const;

/** A time of day with no more digits than the stamp of the log has that it is from. */
export function entryTime(time: Micros, step: Micros | null, clock: Clock): string {
  const text = timeOfDay(clock, time);
  if (step === null || step < 1000) return text;
  return text.slice(0, step < 1_000_000 ? SHOWN.millisecond : SHOWN.second);
}

/** Says where an entry stands: "frame 3", "gw1 line 17"; by its file where a host has several texts. */
export function placesOf(
  hosts: readonly JoinedHost[],
  severalFiles: boolean,
): (entry: TimelineEntry) => Message {
  const several = new Set(hosts.flatMap(({ records: { files, name } }) => (files.length > 1 ? [name] : [])));
  return ({ host, frame, source }) => {
    if (host === null || source === null)
      return frame === null ? "" : say`frame ${frameName(frame, severalFiles)}`;
    const file = source.file.split("/").at(-1) ?? "";
    const text = several.has(host) ? (hosts.length > 1 ? `${host} ${file}` : file) : host;
    return say`${verbatim(text)} line ${source.line}`;
  };
}

/** "192.0.2.10: clock 7215.400 s ahead of the capture (7215.399 to 7215.401), by 36 messages". */
export function clockText({ records, clock, foreign }: JoinedHost): Message {
  const name = verbatim(records.name);
  if (foreign !== null) return say`${name}: not used, ${foreign}`;
  const seconds = (micros: number): string => (micros / 1e6).toFixed(3);
  switch (clock.by) {
    case "messages": {
      const parts = clock.stretches.map(({ offset, low, high, joined }) =>
        offset < 0
          ? say`${seconds(-offset)} s behind the capture (${seconds(-high)} to ${seconds(-low)}), by ${joined} messages`
          : say`${seconds(offset)} s ahead of the capture (${seconds(low)} to ${seconds(high)}), by ${joined} messages`,
      );
      return say`${name}: clock ${listed(parts, "statements")}`;
    }
    case "assumed":
      return say`${name}: no message in common with the capture, its clock is taken to be right`;
    case "order":
      return say`${name}: no times, ${clock.joins.length} messages joined in their order (~)`;
    case "none":
      return clock.doubt === null
        ? say`${name}: clock unknown (?)`
        : say`${name}: not used, nothing proves how its clock differs`;
  }
}

/** The same as JSON, schema "ikescope.timeline/1". */
export function timelineJson(entries: readonly TimelineEntry[], hosts: readonly JoinedHost[]): string {
  const report = {
    schema: "ikescope.timeline/1",
    hosts: hosts.map(({ records, clock, foreign }) => ({
      name: records.name,
      addresses: [...records.addresses],
      foreign: foreign === null ? null : inEnglish(foreign),
      clock: {
        by: clock.by,
        stretches: clock.stretches.map(({ offset, low, high, joined }) => ({
          offsetMicroseconds: offset,
          lowMicroseconds: low,
          highMicroseconds: high,
          joined,
        })),
      },
    })),
    timeline: entries.map(({ time, by, host, frame, source, text }) => ({
      time: time === null ? null : isoTime(time),
      by,
      host,
      frame: frame === null ? null : frameNumber(frame),
      capture: frame === null ? null : frameCapture(frame),
      file: source?.file ?? null,
      line: source?.line ?? null,
      text: inEnglish(text),
    })),
  };
  return printableJson(`${JSON.stringify(report, null, 2)}\n`);
}
