import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Sighting } from "../../src/session/model.js";
import { concat } from "../support/ike/bytes.js";
import { KEEPALIVE_RECORD, ikeRecord, prefixed, record } from "../support/ike/records.js";
import { pattern } from "../support/packet/index.js";
import { esp } from "../support/packet/transport.js";
import { cutAt, disordered } from "../support/packet/tcp-segments.js";
import {
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  numbers,
  scenario,
  type ScenarioOptions,
  setsUp,
  STORY_BEGINS,
  type OpenModel,
} from "../support/scenario/index.js";
import { type TcpOptions, TcpTalk, worksOverTcp } from "../support/scenario/tcp.js";

/** What of a model has to be the same however the segments came. */
function summary(model: OpenModel): unknown {
  return model.tunnels.map(({ ikeSas, streams, malformed, addresses }) => ({
    addresses,
    malformed: malformed.length,
    exchanges: ikeSas.flatMap((sa) =>
      sa.exchanges.map(({ exchangeType, request, response }) => ({
        exchangeType,
        request: request?.tries,
        response: response?.tries,
        bytes: [request?.sightings[0]?.bytes, response?.sightings[0]?.bytes],
        problems: [request?.message.problem, response?.message.problem],
      })),
    ),
    streams: streams.map(({ spi, packets, bytes, lost, encapsulation, destinationPort }) => ({
      spi,
      packets,
      bytes,
      lost,
      encapsulation,
      destinationPort,
    })),
  }));
}

function sightings(model: OpenModel): Sighting[] {
  return model.tunnels.flatMap(({ ikeSas }) =>
    ikeSas.flatMap(({ exchanges }) =>
      exchanges.flatMap(({ request, response }) => [
        ...(request?.sightings ?? []),
        ...(response?.sightings ?? []),
      ]),
    ),
  );
}

const SET_UP = [
  { exchangeType: 34, request: 1, response: 1 },
  { exchangeType: 35, request: 1, response: 1 },
];

describe("IKE and ESP over TCP", () => {
  it.each([
    ["4500", { port: 4500 }, {}],
    ["443", { port: 443 }, {}],
    ["4500 at both ends", { clientPort: 4500 }, {}],
    ["small segments", { segmentSize: 7 }, {}],
    ["sequence numbers that wrap", { clientSequence: 0xffffff80, serverSequence: 0xfffffff0 }, {}],
    ["IPv6", {}, { initiator: { address: "2001:db8::10" }, responder: { address: "2001:db8:1::20" } }],
  ] as readonly [string, TcpOptions, ScenarioOptions][])("are found on %s", (_, options, story) => {
    const model = worksOverTcp(options, story).talk.model();
    const [tunnel] = model.tunnels;
    expect(model.tunnels).toHaveLength(1);
    expect(tunnel?.ikeSas[0]?.exchanges).toMatchObject(
      SET_UP.map(({ exchangeType }) => ({ exchangeType, request: { tries: 1 }, response: { tries: 1 } })),
    );
    expect(tunnel?.streams).toMatchObject([
      { encapsulation: "tcp", destinationPort: options.port ?? 4500, packets: 5, lost: 0, bytes: 5 * 88 },
      { encapsulation: "tcp", sourcePort: options.port ?? 4500, packets: 5, lost: 0 },
    ]);
    expect(sightings(model).every(({ transport }) => transport === "tcp")).toBe(true);
    expect(model.observations).toMatchObject({ ikeMessages: 4, espPackets: 10, otherPackets: 3 });
    expect(tunnel?.malformed).toEqual([]);
  });

  it("messages name all frames that carried them, and only those", () => {
    const talk = scenario();
    const wire = new TcpTalk(talk, { segmentSize: 100 });
    wire.opens(0);
    wire.prefix(0.05);
    const frames = wire.ike(0.06, "client", ikeSaInit());
    wire.ike(0.3, "server", ikeSaInitAnswer());
    const model = talk.model();
    const [first] = sightings(model);
    expect(frames.length).toBeGreaterThan(2);
    expect(first?.frames).toEqual(numbers(frames));
    expect(first?.time).toBe(STORY_BEGINS + 60_000);
    expect(first).toMatchObject({ source: { port: 50_123 }, destination: { port: 4500 } });
  });

  it("of very many frames a message names the first, the last, and how many lie between", () => {
    const talk = scenario();
    const wire = new TcpTalk(talk, { segmentSize: 2 });
    wire.opens(0);
    wire.prefix(0.05);
    const frames = wire.ike(0.06, "client", ikeSaInit());
    wire.ike(0.3, "server", ikeSaInitAnswer());
    const [first] = sightings(talk.model());
    const all = numbers(frames);
    expect(all.length).toBeGreaterThan(100);
    expect(first?.frames).toEqual([...all.slice(0, 63), all.at(-1)]);
    expect(first?.framesLeftOut).toBe(all.length - 64);
  });

  it("a TCP retransmission is none of IKE, nor a second ESP packet", () => {
    const { talk, wire } = worksOverTcp();
    for (const [index, frame] of [...talk.frames].entries()) wire.again(10 + index, frame);
    const model = talk.model();
    expect(summary(model)).toEqual(summary(worksOverTcp().talk.model()));
    expect(model.tunnels[0]?.streams[0]).toMatchObject({ packets: 5, duplicates: 0 });
  });

  it("keepalives count as such", () => {
    const { talk, wire } = worksOverTcp();
    wire.sends(8, "client", KEEPALIVE_RECORD);
    const model = talk.model();
    expect(model.observations.keepalives).toBe(1);
    expect(model.tunnels[0]?.keepalives.get("192.0.2.10")).toBe(1);
  });

  it("go on where the ports are used again", () => {
    const { talk } = worksOverTcp();
    const wire = new TcpTalk(talk, { clientSequence: 77, serverSequence: 5 });
    const sa = talk.newSa();
    wire.opens(20);
    wire.prefix(20.1);
    wire.ike(20.2, "client", ikeSaInit({ sa }));
    wire.ike(20.3, "server", ikeSaInitAnswer({ sa }));
    const [tunnel] = talk.model().tunnels;
    expect(tunnel?.ikeSas).toHaveLength(2);
    expect(tunnel?.tcpConnections).toHaveLength(2);
  });
});

describe("however the segments come, the messages are the same", () => {
  const plain = summary(worksOverTcp().talk.model());

  it.each([4500, 443])("cut anywhere, out of order and repeated, on port %d", (port) => {
    const property = fc.property(
      fc.array(fc.nat(), { maxLength: 40 }),
      fc.array(fc.nat(), { maxLength: 40 }),
      fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 30 }),
      fc.array(fc.nat(), { maxLength: 8 }),
      fc.nat({ max: 0xffffffff }),
      (clientCuts, serverCuts, shifts, repeats, sequence) => {
        const talk = scenario();
        const wire = new TcpTalk(talk, {
          port,
          clientSequence: sequence,
          serverSequence: sequence ^ 0x55555555,
        });
        wire.opens(0);
        const espRecord = (spi: number, number: number): Uint8Array =>
          record(esp({ spi, sequence: number, payload: new Uint8Array(80) }));
        const numbered = (spi: number): Uint8Array[] =>
          [1, 2, 3, 4, 5].map((number) => espRecord(spi, number));
        const ike = (from: "client" | "server", message: Parameters<TcpTalk["encode"]>[1]): Uint8Array =>
          ikeRecord(wire.encode(from, message));
        const client = prefixed(
          ike("client", ikeSaInit()),
          ike("client", ikeAuth()),
          ...numbered(0xc1000001),
        );
        const server = concat(
          ike("server", ikeSaInitAnswer()),
          ike("server", ikeAuthAnswer()),
          ...numbered(0xc2000001),
        );
        // Both directions side by side, moved against one another by the same disorder.
        const pieces = [
          ...cutAt(client, clientCuts).map((piece) => ({ from: "client" as const, ...piece })),
          ...cutAt(server, serverCuts).map((piece) => ({ from: "server" as const, ...piece })),
        ];
        const copies = repeats.flatMap((pick) => pieces[pick % pieces.length] ?? []);
        const order = disordered([...pieces, ...copies], shifts, 6);
        order.forEach(({ from, at, bytes }, index) =>
          wire.put(0.1 + index / 1000, wire.segment(from, at, bytes)),
        );
        const told = summary(talk.model());
        expect(withoutPort(told)).toEqual(withoutPort(plain));
      },
    );
    fc.assert(property, { numRuns: 150 });
  });
});

/** Without the port, and with the streams in order of their SPIs. */
function withoutPort(told: unknown): unknown {
  return JSON.parse(JSON.stringify(told), (key, value: unknown) => {
    if (key === "destinationPort") return undefined;
    return key === "streams" ? (value as { spi: number }[]).toSorted((a, b) => a.spi - b.spi) : value;
  });
}

describe("a capture that begins in the middle", () => {
  it("on 4500 finds IKE and ESP by their framing", () => {
    const { talk } = worksOverTcp();
    // Without the handshake, the prefix and IKE_SA_INIT.
    const late = talk.frames.filter(({ time }) => time > 0.12);
    talk.frames.length = 0;
    talk.frames.push(...late);
    const model = talk.model();
    expect(model.tunnels[0]?.ikeSas[0]?.exchanges).toMatchObject([
      { exchangeType: 35, request: { tries: 1 } },
    ]);
    expect(model.tunnels[0]?.streams).toMatchObject([{ packets: 5 }, { packets: 5 }]);
  });

  it("on 4500 finds ESP alone", () => {
    const { talk } = worksOverTcp();
    const late = talk.frames.filter(({ time }) => time > 2.5);
    talk.frames.length = 0;
    talk.frames.push(...late);
    const model = talk.model();
    expect(model.tunnels[0]?.streams).toMatchObject([{ packets: 3 }, { packets: 3 }]);
    expect(model.tunnels[0]?.tcpConnections).toMatchObject([{ recognised: true, opening: [] }]);
  });

  it("on 443 takes it for HTTPS, unless the prefix is there", () => {
    const { talk } = worksOverTcp({ port: 443 });
    const frames = [...talk.frames];
    const model = (from: number): OpenModel => {
      talk.frames.length = 0;
      talk.frames.push(...frames.filter(({ time }) => time >= from));
      return talk.model();
    };
    expect(model(0.06).tunnels).toEqual([]);
    expect(model(0.05).tunnels[0]?.ikeSas[0]?.exchanges).toHaveLength(2);
  });

  it("goes on behind segments that the capture lost", () => {
    const { talk, wire } = worksOverTcp();
    for (let sequence = 6; sequence <= 60; sequence++) wire.esp(sequence, "client", sequence, 1000);
    const dropped = new Set(talk.frames.filter(({ time }) => time >= 10 && time < 15 && time % 1 === 0));
    const kept = talk.frames.filter((frame) => !dropped.has(frame));
    talk.frames.length = 0;
    talk.frames.push(...kept);
    const stream = talk.model().tunnels[0]?.streams.find(({ spi }) => spi === 0xc1000001);
    expect(dropped.size).toBe(5);
    expect(stream).toMatchObject({ packets: 55, lost: 5, highestSequence: 60 });
  });
});

describe("what is not IKE over TCP", () => {
  const hello = concat(Uint8Array.of(0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3), pattern(500));

  it.each([443, 4500])("TLS on %d makes no tunnel and stays another packet", (port) => {
    const talk = scenario();
    const wire = new TcpTalk(talk, { port });
    wire.opens(0);
    for (let second = 1; second < 30; second++) {
      wire.sends(second, "client", hello);
      wire.sends(second + 0.1, "server", hello);
    }
    wire.closes(40, "client");
    const model = talk.model();
    expect(model.tunnels).toEqual([]);
    expect(model.observations.otherPackets).toBe(talk.frames.length);
  });

  it("a stream in the middle on 4500 is given up after some segments", () => {
    const talk = scenario();
    const wire = new TcpTalk(talk);
    for (let second = 1; second < 30; second++) wire.sends(second, "server", hello);
    const model = talk.model();
    expect(model.tunnels).toEqual([]);
    expect(model.observations.otherPackets).toBe(29);
  });

  it("TLS whose answer comes first in the capture, too", () => {
    const talk = scenario();
    const wire = new TcpTalk(talk, { port: 443 });
    wire.opens(0);
    for (let second = 1; second < 30; second++) wire.sends(second, "server", hello);
    wire.sends(31, "client", hello);
    expect(talk.model().tunnels).toEqual([]);
  });

  it("other ports are not looked at", () => {
    expect(worksOverTcp({ port: 500 }).talk.model().tunnels).toEqual([]);
  });
});

describe("faults", () => {
  it("a length that lies ends its direction, is told, and leaves what came before", () => {
    const { talk, wire } = worksOverTcp();
    wire.sends(8, "client", record(pattern(50), 1));
    wire.esp(9, "client", 6);
    wire.esp(9.1, "server", 6);
    const [tunnel] = talk.model().tunnels;
    expect(tunnel?.malformed).toMatchObject([
      { reason: expect.stringContaining("length of a record in TCP") },
    ]);
    expect(tunnel?.tcpConnections[0]?.fault).toContain("1 is less than the 2 bytes");
    expect(tunnel?.streams.map(({ packets }) => packets)).toEqual([5, 6]);
  });

  it("a message that never becomes whole is kept as far as it goes", () => {
    const talk = scenario();
    const wire = new TcpTalk(talk, { segmentSize: 100 });
    wire.opens(0);
    wire.prefix(0.05);
    const frames = wire.ike(0.06, "client", ikeSaInit());
    talk.frames.splice(talk.frames.indexOf(frames.at(-1) as (typeof frames)[0]), 1);
    const model = talk.model();
    expect(sightings(model)).toHaveLength(1);
    expect(model.tunnels[0]?.malformed).toEqual([]);
    expect(model.observations.cutIkeCount).toBe(0);
  });

  it("a reset is noted, with what came before it", () => {
    const { talk, wire } = worksOverTcp();
    const reset = wire.reset(9, "server");
    const [tunnel] = talk.model().tunnels;
    expect(tunnel?.tcpConnections).toMatchObject([
      { ending: { by: "rst", source: "198.51.100.20", frame: reset.number }, accepted: {}, tries: 1 },
    ]);
    expect(tunnel?.tcpConnections[0]?.client.records).toBe(7);
  });

  it("a reset that both ends ignore is none", () => {
    const { talk, wire } = worksOverTcp();
    wire.reset(9, "server");
    wire.esp(10, "client", 6);
    wire.esp(10.1, "server", 6);
    expect(talk.model().tunnels[0]?.tcpConnections[0]?.ending).toBeNull();
  });

  it("SYNs without answer matter between peers that speak IKE, or when they are repeated", () => {
    const talk = scenario();
    const wire = new TcpTalk(talk);
    wire.syn(0, 1);
    expect(talk.model().tunnels).toEqual([]);
    setsUp(talk, { from: 2 });
    expect(talk.model().tunnels[0]?.tcpConnections).toMatchObject([{ recognised: false, tries: 2 }]);
    const alone = scenario();
    new TcpTalk(alone).syn(0, 1, 3, 7);
    expect(alone.model().tunnels[0]?.tcpConnections).toMatchObject([{ tries: 4, accepted: null }]);
  });

  it("a copy of a SYN in the capture is no second try", () => {
    const talk = scenario();
    const wire = new TcpTalk(talk);
    wire.syn(0, 0.0001, 1, 1.0001, 3, 3.0001);
    expect(talk.model().tunnels[0]?.tcpConnections).toMatchObject([{ tries: 3 }]);
  });
});
