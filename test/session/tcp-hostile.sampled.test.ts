import { describe, expect, it } from "vitest";
import { Dissector } from "../../src/packet/dissector.js";
import type { TcpLimits } from "../../src/packet/tcp/limits.js";
import { TcpIntake } from "../../src/session/intake/tcp-intake.js";
import { concat } from "../support/ike/bytes.js";
import { ikeRecord, prefixed, record } from "../support/ike/records.js";
import { SAMPLES } from "../support/ike/samples.js";
import { esp, ethernet, ipv4, pattern, tcp, type TcpOptions } from "../support/packet/index.js";
import { frameOf } from "../support/packet/frame.js";
import { runs } from "../support/sample.js";
import { SEED } from "../support/seed.js";

/** More than are kept. */
const CONNECTIONS = runs(20_000, 2);

const SYN = 2;
const ACK = 16;

/** An intake for TCP alone, which counts what it gives. */
class Bench {
  records = 0;
  readonly intake: TcpIntake;
  readonly #dissector = new Dissector();
  #frame = 0;

  constructor(limits: Partial<TcpLimits> = {}) {
    const traffic = { record: () => this.records++, malformed: () => undefined };
    this.intake = new TcpIntake(traffic, limits);
  }

  send(options: TcpOptions, source = "192.0.2.1", time = this.#frame): boolean {
    const frame = ethernet({ payload: ipv4({ source, protocol: 6, payload: tcp(options) }) });
    return this.raw(frame, time);
  }

  raw(frame: Uint8Array, time = this.#frame): boolean {
    const { view } = this.#dissector;
    this.#dissector.dissect(frameOf(frame, { time }), ++this.#frame);
    return this.intake.segment(view, this.#frame, time, 0, "unknown");
  }
}

/** A seeded generator of 32-bit numbers (xorshift). */
function generator(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

const init = ikeRecord(SAMPLES["IKE_SA_INIT request"] ?? pattern(0));

describe("hostile TCP", () => {
  it("random segments of few connections cost bounded memory", () => {
    const random = generator(SEED);
    const limits = { segments: 32, bytes: 20_000, totalBytes: 60_000 };
    const bench = new Bench(limits);
    const payloads = [prefixed(init), init, record(esp()), pattern(1400), pattern(3), record(pattern(60), 1)];
    let most = 0;
    for (let round = 0; round < runs(30_000, 10); round++) {
      const server = random() % 2 === 0;
      const ports = [40_000 + (random() % 4), random() % 3 === 0 ? 443 : 4500];
      const reach = random() % 8 === 0 ? 0xffffffff : 5000;
      bench.send({
        sourcePort: ports[server ? 1 : 0] ?? 0,
        destinationPort: ports[server ? 0 : 1] ?? 0,
        sequence: random() % reach,
        flags: [SYN, SYN | ACK, ACK, ACK, ACK, ACK, 1 | ACK, 4][random() % 8] ?? 0,
        payload: payloads[random() % payloads.length] ?? pattern(0),
      });
      most = Math.max(most, bench.intake.waiting.bytes);
    }
    expect(most).toBeLessThanOrEqual(limits.totalBytes);
    bench.intake.finish();
    expect(bench.intake.waiting).toEqual({ connections: 0, candidates: 0, bytes: 0 });
  });

  it("many connections are bounded in number, and their accounts are too", () => {
    const bench = new Bench();
    let [mostConnections, mostCandidates] = [0, 0];
    for (let number = 0; number < CONNECTIONS; number++) {
      const source = `10.1.${number >> 8}.${number & 255}`;
      const ports = { sourcePort: 40_000, destinationPort: number % 2 === 0 ? 4500 : 443 };
      bench.send({ ...ports, flags: SYN }, source);
      if (number % 3 === 0) bench.send({ ...ports, sequence: 1, payload: prefixed(init) }, source);
      else if (number % 3 === 1) bench.send({ ...ports, sequence: 50_000, payload: init }, source);
      const { connections, candidates } = bench.intake.waiting;
      mostConnections = Math.max(mostConnections, connections);
      mostCandidates = Math.max(mostCandidates, candidates);
    }
    expect(mostConnections).toBeLessThanOrEqual(4096);
    expect(mostCandidates).toBeLessThanOrEqual(1024);
    // Evicted connections have handed on what they held.
    expect(bench.records).toBeGreaterThan(CONNECTIONS * 0.3);
    expect(bench.intake.finish().length).toBeLessThanOrEqual(4096 + 1024);
    expect(bench.intake.waiting.bytes).toBe(0);
  });

  it("half messages of many connections do not fill the memory", () => {
    const bench = new Bench({ totalBytes: 1_000_000 });
    const half = prefixed(ikeRecord(concat(SAMPLES["IKE_AUTH"] ?? pattern(0), pattern(50_000))));
    let most = 0;
    for (let number = 0; number < 200; number++) {
      const ports = { sourcePort: 1000 + number, destinationPort: 4500 };
      bench.send({ ...ports, flags: SYN });
      for (let at = 0; at + 1400 < half.length; at += 1400) {
        bench.send({ ...ports, sequence: 1 + at, payload: half.slice(at, at + 1400) });
        most = Math.max(most, bench.intake.waiting.bytes);
      }
    }
    expect(most).toBeLessThanOrEqual(1_000_000);
    bench.intake.finish();
    expect(bench.intake.waiting.bytes).toBe(0);
  });

  it("mutated frames are survived", () => {
    const random = generator(SEED ^ 0x5bd1e995);
    const bench = new Bench();
    const stream = prefixed(init, record(esp()), init, record(esp({ sequence: 2 })));
    for (let round = 0; round < 300; round++) {
      for (let at = -1; at < stream.length; at += 1 + (random() % 300)) {
        const frame = ethernet({
          payload: ipv4({
            protocol: 6,
            payload: tcp({
              sourcePort: 40_000,
              sequence: at + 1,
              flags: at < 0 ? SYN : ACK,
              payload: at < 0 ? pattern(0) : stream.slice(at, at + 300),
            }),
          }),
        });
        for (let change = random() % 3; change > 0; change--)
          frame[random() % frame.length] = random() & 0xff;
        expect(() => bench.raw(frame)).not.toThrow();
      }
    }
    bench.intake.finish();
    expect(bench.intake.waiting.bytes).toBe(0);
  });
});

it("HTTPS is told by its first byte and then not followed", () => {
  const bench = new Bench();
  const hello = concat(Uint8Array.of(0x16, 3, 1), pattern(500));
  for (let number = 0; number < 200; number++) {
    const ports = { sourcePort: 1000 + number, destinationPort: 443 };
    bench.send({ ...ports, flags: SYN });
    expect(bench.send({ ...ports, sequence: 1, payload: hello })).toBe(false);
    expect(bench.intake.waiting).toEqual({ connections: 0, candidates: 0, bytes: 0 });
  }
  const frame = ethernet({
    payload: ipv4({ protocol: 6, payload: tcp({ sourcePort: 1001, destinationPort: 443, payload: hello }) }),
  });
  bench.send({ sourcePort: 9, destinationPort: 443, flags: SYN });
  const dissector = new Dissector();
  dissector.dissect(frameOf(frame), 1);
  for (let round = 0; round < 1000; round++) bench.intake.segment(dissector.view, round, round, 0, "unknown");
  expect(bench.intake.waiting).toEqual({ connections: 0, candidates: 1, bytes: 0 });
});
