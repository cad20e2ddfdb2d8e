import { describe, expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/reader.js";
import { analyze } from "../../src/index.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { utf8 } from "../support/capture/pcapng-writer.js";
import { readAll } from "../support/capture/read-all.js";
import { TEXT_FORMS } from "../support/capture/text-dumps.js";
import { captureFile } from "../support/scenario/capture-file.js";
import { smallCertificate } from "../support/ike/der.js";
import {
  accusations,
  aggressiveMode,
  codes,
  evidence,
  faults,
  finding,
  informationalV1,
  opens,
  type Scenario,
  scenario,
  setsUp,
  STORY_BEGINS,
  traffic,
} from "../support/scenario/index.js";

/** Seconds from the beginning of the stories back to 1970. */
const TO_1970 = -STORY_BEGINS / 1_000_000;

describe("a clock that nobody has set", () => {
  function refuses(talk: Scenario, from: number): Scenario {
    const certificates = [smallCertificate({ notBefore: "240101000000Z", notAfter: "250101000000Z" })];
    talk.at(from).initiator.sends(aggressiveMode(1));
    talk.at(from + 0.1).responder.sends(aggressiveMode(2, { certificates }));
    talk.at(from + 0.2).initiator.sends(informationalV1());
    return talk.endsAt(from + 30);
  }

  it("says nothing of the validity of a certificate", () => {
    expect(faults(refuses(scenario(), 0).judge())).toEqual(["certificate-not-yet-valid"]);
    expect(codes(refuses(scenario(), TO_1970 + 20).judge())).not.toContain("certificate-not-yet-valid");
  });
});

describe("a clock that is set while it captures", () => {
  it("is told, with the year in which the capture begins", () => {
    const talk = scenario();
    talk.noise(TO_1970 + 5);
    setsUp(talk);
    const found = finding(talk.endsAt(30).judge(), "clock-jump");
    expect(found).toMatchObject({ severity: "warning", tunnel: null });
    expect(found.headline).toBe("the clock of the capture was set meanwhile: it begins in the year 1970");
    expect(evidence(found)).toEqual([1]);
  });

  it("is not told of a text that shows its first packet without a time", async () => {
    const talk = scenario();
    setsUp(talk);
    const { records } = await readAll(new CaptureReader(new MemoryBytes(captureFile(talk))));
    const dated = TEXT_FORMS.find(({ name }) => name === "text2pcap with times");
    const text = dated?.write(records) ?? "";
    const cut = text.slice(text.indexOf("\n") + 1);
    const { judgement } = await analyze(new CaptureReader(new MemoryBytes(utf8(cut))));
    expect(judgement.files[0]?.firstTime).toBe(0);
    expect(codes(judgement)).not.toContain("clock-jump");
  });

  it("makes no silence of decades", () => {
    const talk = scenario();
    opens(talk, { from: TO_1970 + 5 });
    expect(accusations(talk.endsAt(0).judge())).toEqual(["clock-jump"]);
  });

  it("makes no pause in which keepalives are missing", () => {
    const talk = scenario({
      floats: true,
      initiator: { address: "10.0.0.5", nat: { address: "192.0.2.10", port500: 1024, port4500: 1025 } },
    });
    setsUp(talk, { from: TO_1970 + 5 });
    traffic(talk, TO_1970 + 6, TO_1970 + 16);
    traffic(talk, 1, 10);
    expect(codes(talk.endsAt(11).judge())).not.toContain("nat-keepalive-missing");
  });

  it("leaves a silence that it measured itself", () => {
    const talk = scenario();
    talk.noise(TO_1970 + 5);
    opens(talk);
    expect(faults(talk.endsAt(60).judge())).toEqual(["ike-auth-missing"]);
  });
});

describe("a clock that is set back", () => {
  it("makes no silence of the time that it repeats", () => {
    const talk = scenario({ keepsOrder: true });
    talk.noise(600);
    opens(talk);
    talk.endsAt(0.5);
    const judged = (stepBack: { by: number; frame: number; time: number } | null) =>
      faults(talk.judgeWith({ stepBack }));
    expect(judged(null)).toEqual(["ike-auth-missing"]);
    expect(judged({ by: 600_000_000, frame: 2, time: STORY_BEGINS })).toEqual([]);
  });
});
