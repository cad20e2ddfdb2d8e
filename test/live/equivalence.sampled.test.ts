import { describe, expect, it } from "vitest";
import type { Judgement } from "../../src/diagnosis/judgement.js";
import { analyze } from "../../src/index.js";
import { generated, recorded } from "../score/labelled.js";
import { replay } from "../support/live/replay.js";
import { sampled } from "../support/sample.js";

/** Captures of which the engine that watched them says something else at the end, and why. */
const OTHERWISE: ReadonlyMap<string, string> = new Map([
  ["healthy-ikev2-cut-short-initiator.pcap", "a capture that runs is no file that lacks its end"],
  ["healthy-ikev2-cut-short-responder.pcap", "a capture that runs is no file that lacks its end"],
  ["healthy-ikev2-stopped-initiator.pcap", "a peer that said one thing only is no tunnel yet"],
  ["healthy-ikev2-stopped-responder.pcap", "a peer that said one thing only is no tunnel yet"],
  ["generated/drops-counted", "losses are told by the command, not by the packets"],
  ["generated/clock-set-back", "where the clock is set back another capture begins"],
  ["generated/written-out-of-order", "a capture that runs hands out packets in order"],
  [
    "kernel-esp-reordered-responder.pcap",
    "its file goes back by 31 us, and a capture that runs hands out packets in order",
  ],
]);

/** One of so many captures is watched in `npm test`. */
const SHARE = 32;

describe("at its end the engine says what the offline analysis says of the same capture", () => {
  it.each(sampled([...recorded(), ...generated()], SHARE).map((one) => [one.truth.file, one] as const))(
    "%s",
    async (file, { open }) => {
      const { judgement } = await analyze(await open());
      // Its filter is as little known as that of the file.
      const { engine } = await replay(await open(), { filter: null });
      const own = said(engine.finish());
      if (OTHERWISE.has(file)) expect(own).not.toEqual(said(judgement));
      else expect(own).toEqual(said(judgement));
    },
  );
});

/** Tunnels are numbered in another order. */
function said({ status, scope, findings }: Judgement) {
  return {
    status,
    scope,
    rootCause: findings.find(({ severity }) => severity === "critical")?.code ?? null,
    findings: findings
      .map(
        ({ code, severity, confidence, causedBy }) => `${severity} ${code} ${confidence} ${causedBy ?? ""}`,
      )
      .toSorted(),
  };
}
