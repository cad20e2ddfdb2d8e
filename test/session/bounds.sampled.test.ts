import { describe, expect, it } from "vitest";
import { judge } from "../../src/diagnosis/judge.js";
import { Intake } from "../../src/session/intake/intake.js";
import type { SessionModel } from "../../src/session/model.js";
import { MOST_FOR_FOURFOLD, timesOfQuarter } from "../support/growth.js";
import { ikeMessage } from "../support/ike/message.js";
import { ke, nonce, sa } from "../support/ike/payloads-v2.js";
import { esp, ethernet, ipv4, udp } from "../support/packet/index.js";
import { runs } from "../support/sample.js";

/** More than any of the bounds. */
const COUNT = runs(100_000, 3);
/** More than the exchanges that one IKE SA keeps, by far. */
const MESSAGE_IDS = runs(100_000, 10);
/** The longer of two floods that are compared. */
const GROWN = runs(50_000, 6);
const ADDRESS_AT = 14 + 12;
const SPI_AT = 14 + 20 + 8;

const OPENING = ipv4({
  payload: udp({ payload: ikeMessage({ exchange: 34, payloads: [sa(), ke(), nonce()] }) }),
});

/** One frame, with an IKE_SA_INIT if nothing else is given, that is changed in place for each turn: quick enough for a flood. */
function flood(
  count: number,
  forge: (frame: Uint8Array, turn: number) => void,
  packet: Uint8Array = OPENING,
): SessionModel {
  const frame = ethernet({ payload: packet }).slice();
  const intake = new Intake();
  for (let turn = 0; turn < count; turn++) {
    forge(frame, turn);
    intake.frame({
      bytes: frame,
      start: 0,
      end: frame.length,
      originalLength: frame.length,
      time: 1_700_000_000_000_000 + turn * 10,
      nanos: 0,
      linkType: 1,
      frame: turn + 1,
      capture: 0,
      direction: 0,
    });
  }
  return intake.finish();
}

const word = (frame: Uint8Array, at: number, value: number): void => {
  for (let byte = 0; byte < 4; byte++) frame[at + byte] = (value >>> (24 - byte * 8)) & 0xff;
};

describe("a flood of forged IKE_SA_INIT", () => {
  it("from as many addresses fills no more tunnels than there may be of strangers, and says what was not kept", () => {
    const { tunnels, observations } = flood(COUNT, (frame, turn) => {
      word(frame, ADDRESS_AT, 0x0a000000 + turn);
      word(frame, SPI_AT, 1 + turn);
    });
    expect(tunnels.length).toBe(25_000);
    expect(observations.tunnelsNotKept).toBe(COUNT - 25_000);
    expect(observations.ikeMessages).toBe(COUNT);
  });

  const ofOneAddress = (count: number): SessionModel =>
    flood(count, (frame, turn) => word(frame, SPI_AT, 1 + turn));

  it("from one address keeps a bounded number of IKE SAs", () => {
    const [tunnel] = ofOneAddress(COUNT).tunnels;
    expect(tunnel?.ikeSas.length).toBe(256);
    expect(tunnel?.ikeSasNotKept).toBe(COUNT - 256);
    // The newest stay, for they tell how things stand.
    expect(tunnel?.ikeSas.at(-1)?.initiatorSpi.slice(0, 8)).toBe(COUNT.toString(16).padStart(8, "0"));
  });

  it.each([
    ["from one address, read and judged", (count: number) => judge(ofOneAddress(count), [])],
    [
      "with one SPI from many addresses",
      (count: number) => flood(count, (frame, turn) => word(frame, ADDRESS_AT, 0x0a000000 + turn)),
    ],
  ])("%s, costs no more than its length", { timeout: 120_000 }, async (_what, run) => {
    const cost = (count: number) => (): void => void run(count);
    expect(await timesOfQuarter(cost(GROWN / 4), cost(GROWN))).toBeLessThanOrEqual(MOST_FOR_FOURFOLD);
  });

  it("with ever new Message IDs of one IKE SA keeps a bounded number of exchanges and counts the rest", () => {
    const MESSAGE_ID_AT = SPI_AT + 20;
    const model = flood(MESSAGE_IDS, (frame, turn) => word(frame, MESSAGE_ID_AT, turn));
    const ikeSa = model.tunnels[0]?.ikeSas[0]?.open();
    const kept = ikeSa?.exchanges.length ?? 0;
    // Some are given up at a time.
    expect(kept).toBeGreaterThan(150);
    expect(kept).toBeLessThanOrEqual(200);
    expect(ikeSa?.unkept).toBe(MESSAGE_IDS - kept);
    expect(ikeSa?.exchanges[0]?.messageId).toBe(0);
    expect(ikeSa?.exchanges.at(-1)?.messageId).toBe(MESSAGE_IDS - 1);
  });

  it("that repeats one message keeps a bounded number of sightings and counts all tries", () => {
    const IDENTIFICATION_AT = 14 + 4;
    const model = flood(1000, (frame, turn) => {
      frame[IDENTIFICATION_AT] = turn >> 8;
      frame[IDENTIFICATION_AT + 1] = turn & 0xff;
    });
    const [exchange] = model.tunnels[0]?.ikeSas[0]?.open().exchanges ?? [];
    expect(exchange?.request?.sightings.length).toBe(64);
    expect(exchange?.request?.tries).toBe(1000);
  });
});

describe("a flood of forged ESP of one SPI", () => {
  const SOURCE_AT = ADDRESS_AT;
  const DESTINATION_AT = ADDRESS_AT + 4;
  const ESP = ipv4({ protocol: 50, payload: esp() });
  const from = (count: number, forge: (frame: Uint8Array, turn: number) => void): SessionModel =>
    flood(count, forge, ESP);

  // Each of them may be the same packets as each other one, on the other side of a NAT device.
  it.each([
    ["from many addresses", [SOURCE_AT]],
    ["from and to many addresses", [SOURCE_AT, DESTINATION_AT]],
  ] as const)("%s costs no more than its length", { timeout: 120_000 }, async (_what, ends) => {
    // Ends change by different amounts, so that streams have one in common and differ in the other.
    const cost = (count: number) => (): void =>
      void from(count, (frame, turn) => {
        for (const [index, end] of ends.entries()) {
          word(frame, end, 0x0a000000 + (ends.length === 1 ? turn : index === 0 ? turn >> 8 : turn & 0xff));
        }
      });
    expect(await timesOfQuarter(cost(GROWN / 8), cost(GROWN / 2))).toBeLessThanOrEqual(MOST_FOR_FOURFOLD);
  });
});
