import { describe, expect, it } from "vitest";
import type { Micros } from "../../src/bytes/time.js";
import type { LiveEvent } from "../../src/live/event.js";
import { analyze } from "../../src/index.js";
import { generated, type Labelled, recorded } from "../score/labelled.js";
import { replay } from "../support/live/replay.js";
import { sampled } from "../support/sample.js";

/** A fault that shows in the last moment of a capture has to stand for a while before it is raised. */
const WHILE: Micros = 45_000_000;

/** Until the peer spoke again it looked like this, to anybody; what it was is raised in its place. */
const KNOWN_BETTER_LATER: ReadonlySet<string> = new Set([
  "generated/mapping-expired dpd-timeout",
  "generated/client-comes-back dpd-timeout",
  "generated/esp-interrupted path-lost",
  "libreswan-redirected-in-auth-initiator.pcap child-rejected",
  "libreswan-redirected-in-auth-initiator.pcap ike-auth-unanswered",
  "libreswan-redirected-in-auth-responder.pcap ike-auth-unanswered",
]);

/** One of so many captures is watched in `npm test`. */
const SHARE = 32;
const ALL = [...recorded(), ...generated()];

describe("labelled captures, watched as they happen", () => {
  it.each(sampled(ALL, SHARE).map((one) => [one.truth.file, one] as const))(
    "%s raises nothing critical that is not true of the whole",
    async (file, { open, truth }) => {
      const { events } = await replay(await open());
      const untrue = [...criticalOf(events)].filter(
        (code) => !truth.findings.includes(code) && !KNOWN_BETTER_LATER.has(`${file} ${code}`),
      );
      expect(untrue).toEqual([]);
    },
  );

  it.each(sampled(failing(), SHARE).map((one) => [one.truth.file, one] as const))(
    "%s raises what is critical in the whole, once",
    async (_file, { open }) => {
      const { judgement } = await analyze(await open());
      const { events } = await replay(await open(), { after: WHILE });
      const raised = events.flatMap((event) =>
        event.kind === "finding-raised" && event.finding.severity === "critical"
          ? [`${event.tunnel?.id ?? "-"} ${event.finding.code}`]
          : [],
      );
      const critical = criticalOf(events);
      expect(codesOf(judgement.findings).filter((code) => !critical.has(code))).toEqual([]);
      expect(raised).toEqual([...new Set(raised)]);
    },
  );
});

function failing(): readonly Labelled[] {
  return ALL.filter(({ truth }) => truth.status === "failing");
}

function criticalOf(events: readonly LiveEvent[]): Set<string> {
  return new Set(
    events.flatMap((event) => (event.kind === "finding-raised" ? codesOf([event.finding]) : [])),
  );
}

function codesOf(findings: readonly { readonly code: string; readonly severity: string }[]): string[] {
  return findings
    .filter(({ code, severity }) => severity === "critical" && !code.startsWith("capture-"))
    .map(({ code }) => code);
}
