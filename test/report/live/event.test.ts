import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { printable } from "../../../src/bytes/text.js";
import { openCaptures } from "../../../src/capture/node/open.js";
import { analyze } from "../../../src/index.js";
import type { LiveEvent } from "../../../src/live/event.js";
import { eventJson, eventsLostJson, jsonLine } from "../../../src/report/live/event-json.js";
import { eventsLostText, eventText } from "../../../src/report/live/event-text.js";
import { paintFor } from "../../../src/report/paint.js";
import { committedSchema, eventFaultsOf } from "../../support/schema.js";
import { everyEvent, NOW, raised, someFinding } from "../../support/live/events.js";

const HOSTILE = '\u001B[2J\u009B31m\u202E"\n{"event":"ended"}\u2028\uD800\u0000';

function lineOf(event: LiveEvent): string {
  return jsonLine(eventJson(event));
}

/** An event of every kind, with the text of a packet wherever one may come in. */
function hostileEvents(): LiveEvent[] {
  const finding = someFinding({
    headline: HOSTILE,
    summary: HOSTILE,
    evidence: [{ frame: 1, time: NOW, nanos: 0, text: HOSTILE }],
  });
  return everyEvent(finding).map((event) => ({
    ...event,
    ...("reason" in event ? { reason: HOSTILE } : {}),
    ...("text" in event ? { text: HOSTILE } : {}),
  }));
}

describe("the JSON of live events", () => {
  it("is what the committed schema says, for every kind of event", () => {
    for (const event of everyEvent()) expect(eventFaultsOf(lineOf(event)), event.kind).toEqual([]);
    expect(eventFaultsOf(jsonLine(eventsLostJson(12, NOW)))).toEqual([]);
  });

  it.each(["port4500-blocked-nat-initiator", "path-lost-initiator", "weak-crypto-initiator"])(
    "is that for the findings of %s too",
    async (name) => {
      const file = fileURLToPath(new URL(`../../../pcaps/${name}.pcap`, import.meta.url));
      const { judgement } = await analyze(await openCaptures([file]));
      expect(judgement.findings.length).toBeGreaterThan(0);
      for (const finding of judgement.findings) {
        for (const event of everyEvent(finding)) expect(eventFaultsOf(lineOf(event))).toEqual([]);
      }
    },
  );

  it("is refused by the schema where a field is missing or not known", () => {
    const { finding: _, ...lacking } = eventJson(raised()) as Record<string, unknown>;
    expect(eventFaultsOf(JSON.stringify(lacking))).not.toEqual([]);
    expect(eventFaultsOf(JSON.stringify({ ...eventJson(raised()), more: 1 }))).not.toEqual([]);
  });

  it("has findings as the report has them", () => {
    const [event, report] = [committedSchema("live-event"), committedSchema("report")];
    const parts = JSON.stringify(report["definitions"]?.["finding"]);
    const capture = ',"capture":{"$ref":"#/definitions/captureIndex"}';
    expect(parts).toContain(capture);
    expect(JSON.stringify(event["definitions"]?.["finding"])).toBe(parts.replace(capture, ""));
    for (const shared of ["phase", "vantage"]) {
      expect(event["definitions"]?.[shared]).toEqual(report["definitions"]?.[shared]);
    }
  });

  it("writes the numbers of frames as they are, beyond 2^32 too", () => {
    const frame = 2 ** 32 + 5;
    const line = lineOf(raised({ evidence: [{ frame, time: NOW, nanos: 7, text: "a try" }] }));
    expect(line).toContain(
      '"evidence":[{"frame":4294967301,"time":"2026-01-02T03:04:05.678901Z","text":"a try"}]',
    );
  });

  it("is one line of ASCII whatever packets brought, and loses none of it", () => {
    for (const event of hostileEvents()) {
      const line = lineOf(event);
      expect(line).toMatch(/^[\x20-\x7e]+$/);
      expect(line).toBe(jsonLine(JSON.parse(line) as object));
      if ("reason" in event) expect((JSON.parse(line) as { reason: string }).reason).toBe(HOSTILE);
    }
  });
});

describe("the text of live events", () => {
  it("is a line each, with who, what, and in which frames", () => {
    const lines = [...everyEvent().map((event) => eventText(event)), eventsLostText(3, NOW)];
    expect(lines.map((line) => line.replace("2026-01-02T03:04:05.678Z  ", ""))).toEqual([
      "CAPTURE  on eth0 with tcpdump",
      "UP  192.0.2.10 -> 198.51.100.20: IKE_AUTH answered (frames 12, 4294967301)",
      "REKEYED  192.0.2.10 -> 198.51.100.20: IKE_AUTH answered (frames 12, 4294967301)",
      "DOWN  192.0.2.10 -> 198.51.100.20: IKE_AUTH answered",
      "RAISED critical natt-4500-unanswered 192.0.2.10 -> 198.51.100.20: no answer to 5 tries on UDP 4500 (frame 3)",
      "RAISED critical natt-4500-unanswered: no answer to 5 tries on UDP 4500 (frame 3)",
      "CLEARED critical natt-4500-unanswered 192.0.2.10 -> 198.51.100.20: no answer to 5 tries on UDP 4500 (mended)",
      "DROPPED  12 packets: by the kernel",
      "CAPTURE LOST  eth0 went away",
      "ENDED  SIGTERM",
      "LOST  3 events were not written: the reader was too slow",
    ]);
  });

  it("does no harm to a terminal, whatever packets brought", () => {
    for (const event of hostileEvents()) {
      const line = eventText(event);
      expect(line).toBe(printable(line));
    }
  });

  it("has colours only where it is told to", () => {
    for (const event of everyEvent()) {
      const coloured = eventText(event, paintFor(true));
      expect(coloured).toContain("\u001B[");
      // oxlint-disable-next-line no-control-regex
      expect(coloured.replaceAll(/\u001B\[\d+m/g, "")).toBe(eventText(event));
    }
  });
});
