import { describe, expect, it } from "vitest";
import { judge } from "../../src/diagnosis/judge.js";
import type { Judgement } from "../../src/diagnosis/judgement.js";
import { Intake } from "../../src/session/intake/intake.js";
import { faults } from "../support/scenario/index.js";
import { ikeMessage } from "../support/ike/message.js";
import { ke, nonce, sa } from "../support/ike/payloads-v2.js";
import { ethernet, ipv4, udp } from "../support/packet/index.js";

/** Strangers that ikescope keeps. */
const KEPT = 25_000;
const FLOOD = 80_000;
const REAL = "198.51.100.7";
const GATEWAY = "192.0.2.1";

const opening = (initiatorSpi: string): Uint8Array =>
  ikeMessage({ exchange: 34, initiatorSpi, payloads: [sa(), ke(), nonce()] });

/** A flood of forged openings, one each millisecond; `at` are the turns when the real peer asks in vain. */
function flooded(at: readonly number[], count = FLOOD): Judgement {
  const intake = new Intake();
  const real = packet(REAL, opening("f".repeat(16)));
  const forged = packet("10.0.0.0", opening("1".repeat(16)));
  let number = 0;
  const take = (bytes: Uint8Array, turn: number): void =>
    intake.frame({
      bytes,
      start: 0,
      end: bytes.length,
      originalLength: bytes.length,
      time: 1_700_000_000_000_000 + turn * 1000,
      nanos: 0,
      linkType: 1,
      frame: ++number,
      capture: 0,
      direction: 0,
    });
  for (let turn = 0; turn < count; turn++) {
    forged.set(Uint8Array.of(turn >> 16, turn >> 8, turn), 14 + 13);
    forged.set(Uint8Array.of(turn >> 16, turn >> 8, turn), 14 + 20 + 8);
    take(forged, turn);
    if (at.includes(turn)) {
      // Each try is another IP packet.
      real[14 + 5] = number & 0xff;
      take(real, turn);
    }
  }
  return judge(intake.finish(), []);
}

function packet(source: string, message: Uint8Array): Uint8Array {
  const payload = udp({ sourcePort: 500, destinationPort: 500, payload: message });
  return ethernet({ payload: ipv4({ source, destination: GATEWAY, payload }) }).slice();
}

/** Whom the judgement names: attempts that were forgotten in between leave a suspicion. */
function failing(judgement: Judgement) {
  return judgement.tunnels
    .filter(({ status }) => status === "failing" || status === "suspected")
    .map(({ tunnel }) => tunnel.addresses);
}

describe("amidst forged peers that fill all room", { timeout: 120_000 }, () => {
  it("a peer that asks in vain before, during and behind the flood gets its verdict, and what went is counted", () => {
    const judgement = flooded([10, 4010, 11_010, 79_000]);
    expect(faults(judgement)).toEqual(["ike-init-unanswered"]);
    expect(failing(judgement)).toEqual([[REAL, GATEWAY]]);
    expect(judgement.tunnels.length).toBe(KEPT + 1);
    expect(judgement.observations.tunnelsNotKept).toBe(FLOOD - KEPT);
  });

  it("so does one whose tries are farther apart than strangers are kept", () => {
    const judgement = flooded([1000, 30_000, 45_000, 75_000]);
    expect(failing(judgement)).toEqual([[REAL, GATEWAY]]);
  });
});
