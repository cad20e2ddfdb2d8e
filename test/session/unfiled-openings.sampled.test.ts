import { describe, expect, it } from "vitest";
import { judge } from "../../src/diagnosis/judge.js";
import { renderJson } from "../../src/index.js";
import { Intake } from "../../src/session/intake/intake.js";
import { recorded } from "../score/labelled.js";
import { SeededRandom } from "../support/capture/random.js";
import { ikeMessage, withMarker } from "../support/ike/message.js";
import { ke, natDetection, nonce, notify, sa, sk } from "../support/ike/payloads-v2.js";
import { esp, ethernet, icmpError, ipv4, udp } from "../support/packet/index.js";
import { runs, sampled } from "../support/sample.js";
import { SEED } from "../support/seed.js";

/** One of so many captures is read in `npm test`. */
const SHARE = 10;
const HISTORIES = runs(90, 9);
const PACKETS = 400;
/** So few tunnels are kept that strangers have to make room all the time. */
const TUNNELS = 24;
/** A copy is one of so many packets before it. */
const COPIED_AMONG = 40;
/** In a frame of Ethernet and IPv4. */
const SOURCE_AT = 14 + 12;

/** An intake that files the first message of each stranger when somebody asks for it, or at once. */
function intakeThat(waits: boolean, tunnels = 50_000): Intake {
  const limit = { tunnels, idleGo: false, manyStrangers: waits ? 0 : Infinity };
  return new Intake({ session: { limit } });
}

function reportOf(intake: Intake): string {
  return [...renderJson(judge(intake.finish(), []), "0")].join("");
}

/** Packets of few peers that do what strangers do, and what ends their being strangers, by chance. */
function* history(seed: number): Generator<{ readonly time: number; readonly bytes: Uint8Array }> {
  const random = new SeededRandom(seed);
  let time = 1_700_000_000_000_000;
  const sent: Uint8Array[] = [];
  for (let turn = 0; turn < PACKETS; turn++) {
    time += random.below(4) === 0 ? random.below(3_000_000) : random.below(300);
    // A copy, as a mirror port makes it, has the same identification; behind a NAT device another source.
    const original = random.below(10) === 0 ? sent.at(-1 - random.below(COPIED_AMONG)) : undefined;
    if (original !== undefined) {
      const copy = original.slice();
      if (random.below(2) === 0) copy.set([10, 0, 0, 1 + random.below(4)], SOURCE_AT);
      yield { time, bytes: copy };
      continue;
    }
    const bytes = packetBy(random, turn);
    sent.push(bytes);
    yield { time, bytes };
  }
}

function packetBy(random: SeededRandom, identification: number): Uint8Array {
  const peer = `20.0.0.${random.below(60) + 1}`;
  const gateway = `192.0.2.${random.below(8) === 0 ? 2 : 1}`;
  const initiatorSpi = (random.below(4) === 0 ? 1 : 2 + random.below(80)).toString(16).padStart(16, "1");
  const framed = (source: string, destination: string, protocol: number, payload: Uint8Array): Uint8Array =>
    ethernet({ payload: ipv4({ source, destination, protocol, payload, identification, ttl: 57 }) });
  const overUdp = (source: string, destination: string, port: number, payload: Uint8Array): Uint8Array =>
    framed(source, destination, 17, udp({ sourcePort: port, destinationPort: port, payload }));
  const opening = (payloads = [sa(), ke(), nonce(), ...natDetection()]): Uint8Array =>
    ikeMessage({ exchange: 34, initiatorSpi, payloads });
  const kind = random.below(20);
  if (kind < 9) return overUdp(peer, gateway, 500, opening());
  switch (kind) {
    case 9:
      return overUdp(peer, gateway, 500, opening([sa(), notify(16390, { data: Uint8Array.of(1, 2, 3) })]));
    case 10:
      return overUdp(peer, gateway, 500, opening().subarray(0, 60 + random.below(100)));
    case 11: {
      // A payload that is longer than the message.
      const broken = opening().slice();
      broken[31] = 0xff;
      broken[30] = 0xff;
      return overUdp(peer, gateway, 500, broken);
    }
    case 12:
    case 13:
      return overUdp(
        gateway,
        peer,
        500,
        ikeMessage({
          exchange: 34,
          initiatorSpi,
          responderSpi: "2".repeat(16),
          flags: 0x20,
          payloads: [sa()],
        }),
      );
    case 14: {
      const quoted = ipv4({ source: peer, destination: gateway, payload: udp({ payload: opening() }) });
      return framed(gateway, peer, 1, icmpError({ type: 3, code: 3, quoted }));
    }
    case 15:
      return overUdp(peer, gateway, 4500, Uint8Array.of(0xff));
    case 16:
      return framed(peer, gateway, 50, esp({ spi: 0x1000 + random.below(4), sequence: identification + 1 }));
    case 17:
      return overUdp(
        peer,
        gateway,
        4500,
        withMarker(
          ikeMessage({
            exchange: 35,
            initiatorSpi,
            responderSpi: "2".repeat(16),
            messageId: 1,
            payloads: [sk(96)],
          }),
        ),
      );
    case 18:
      return overUdp(peer, gateway, 500, ikeMessage({ version: 1, exchange: 2, initiatorSpi, payloads: [] }));
    default:
      return overUdp(peer, gateway, 500, opening([sa(), ke(), nonce(new Uint8Array(2000))]));
  }
}

/** The seed of a history in which an ICMP error quotes an opening as if it were between other addresses. */
const QUOTED_ELSEWHERE = 875_894;

describe("the first message of a stranger that is filed when somebody asks for it", () => {
  it("is told as if it were filed at once, whatever strangers do", { timeout: 120_000 }, () => {
    for (const seed of [...Array.from({ length: HISTORIES }, (_, run) => SEED + run), QUOTED_ELSEWHERE]) {
      const [early, late] = [intakeThat(false, TUNNELS), intakeThat(true, TUNNELS)];
      let frame = 0;
      for (const { time, bytes } of history(seed)) {
        frame++;
        const record = { start: 0, end: bytes.length, originalLength: bytes.length, time, nanos: 0 };
        const place = { linkType: 1, frame, capture: 0, direction: 0 };
        for (const intake of [early, late]) intake.frame({ bytes, ...record, ...place });
      }
      expect(reportOf(late)).toBe(reportOf(early));
    }
  });

  it.each(sampled(recorded(), SHARE).map(({ truth, open }) => [truth.file, open] as const))(
    "is told as if it were filed at once: %s",
    async (_, open) => {
      const reports: string[] = [];
      for (const waits of [false, true]) {
        const [source, intake] = [await open(), intakeThat(waits)];
        do while (source.next()) intake.frame(source.record);
        while (await source.fill());
        await source.close();
        reports.push(reportOf(intake));
      }
      expect(reports[1]).toBe(reports[0]);
    },
  );
});
