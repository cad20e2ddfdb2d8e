import { describe, expect, it } from "vitest";
import { AnonymizedSource, analyze } from "../../src/index.js";
import { pcapFile } from "../support/capture/pcap-writer.js";
import { readAll } from "../support/capture/read-all.js";
import { extractFor, readerOf } from "../support/extract.js";
import { NOTIFY_DATA_V1 } from "../../src/ike/payloads/notify/data-v1.js";
import { NOTIFY_DATA_V2 } from "../../src/ike/payloads/notify/data-v2.js";
import { PAYLOAD_TYPES_V1, PAYLOAD_TYPES_V2 } from "../../src/ike/registries/payload-types.js";
import { ikeMessage, type PayloadBytes } from "../support/ike/message.js";
import { notifyV1 } from "../support/ike/payloads-v1.js";
import { notify } from "../support/ike/payloads-v2.js";
import { SAMPLES } from "../support/ike/samples.js";
import { outputsOf } from "../support/outputs.js";
import * as wire from "../support/packet/index.js";
import { latin, spellings } from "../support/secrets.js";
import { CARRIED } from "./carried.js";
import { sampled } from "../support/sample.js";

const KEY = new TextEncoder().encode("a secret of the canary tests");
/** Longer than what is kept on purpose: a type beside a length, a lifetime, a counter. */
const CANARY = new TextEncoder().encode("Canary");
/** The number of a network has three bytes, one of a session two. */
const SHORT_CANARY = Uint8Array.of(0x5a, 0x71, 0x39);
const IKE_HEADER = 28;
const IPV4_HEADER = 20;
const UDP_HEADER = 8;
const UDP = 17;
/** Offsets in an IPv4 header. */
const PROTOCOL_AT = 9;
const SOURCE_AT = 12;
const OUTER = wire.address("203.0.113.5");
const INNER = wire.address("192.0.2.1");
/** Further in there is nothing but more of the same key, certificate or ciphertext. */
const MOST_PLACES = 400;
/** One of so many is tried in `npm test`. */
const SHARE = 8;

function withCanary(bytes: Uint8Array, at: number, canary: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy.set(canary, at);
  return copy;
}

/** Copies of the bytes with the canary at each place from `from` on. */
function withCanaries(bytes: Uint8Array, from: number, canary: Uint8Array): Uint8Array[] {
  const places = Math.max(0, Math.min(MOST_PLACES, bytes.length - canary.length - from + 1));
  return Array.from({ length: places }, (_, index) => withCanary(bytes, from + index, canary));
}

/**
 * Where a frame has headers of links and tunnels: before its first IP header, and behind the outer one of a tunnel. In those of IP
 * and UDP there are times to live and other numbers that stay.
 */
function carriersOf(frame: Uint8Array): [from: number, to: number][] {
  const outer = latin(frame).indexOf(latin(OUTER)) - SOURCE_AT;
  const inner = latin(frame).lastIndexOf(latin(INNER)) - SOURCE_AT;
  if (outer < 0) return inner < 0 ? [] : [[0, inner]];
  const isUdp = frame[outer + PROTOCOL_AT] === UDP;
  const behind = outer + IPV4_HEADER + (isUdp ? UDP_HEADER : 0);
  return inner < behind
    ? [[0, outer]]
    : [
        [0, outer],
        [behind, inner],
      ];
}

async function anonymousOutputs(
  frames: readonly Uint8Array[],
  network: number,
): Promise<Readonly<Record<string, string>>> {
  const packets = frames.map((bytes, index) => ({ time: 1e15 + index * 1000, bytes }));
  const open = (): AnonymizedSource => new AnonymizedSource(readerOf(pcapFile(packets, { network })), KEY);
  const { judgement } = await analyze(open());
  return {
    ...(await outputsOf(judgement, open)),
    frames: (await readAll(open())).records.map(({ bytes }) => latin(bytes)).join("|"),
    evidence: latin(await extractFor(judgement, open())),
  };
}

function leaksIn(outputs: Readonly<Record<string, string>>, canary: Uint8Array): string[] {
  return Object.entries(outputs).flatMap(([name, output]) =>
    spellings(canary).some((spelling) => output.includes(spelling)) ? [name] : [],
  );
}

/** Content that is no payload's own: zeros, so that lengths and counts end at once, and numbers that lead on. */
const CONTENTS = [new Uint8Array(40), wire.pattern(40, 3)];
/** Every payload type with a name, and notifies with every form of data: those of the samples above are whole, these mostly not. */
const PAYLOADS: readonly (readonly [name: string, version: 1 | 2, payloads: readonly PayloadBytes[]])[] = [
  ...PAYLOAD_TYPES_V1.map(([type, name]) => [`IKEv1 ${name} (${type})`, 1, any(type)] as const),
  ...PAYLOAD_TYPES_V2.map(([type, name]) => [`IKEv2 ${name} (${type})`, 2, any(type)] as const),
  [
    "IKEv1 notifies",
    1,
    [...NOTIFY_DATA_V1.keys()].flatMap((type) => CONTENTS.map((data) => notifyV1(type, { data }))),
  ],
  [
    "IKEv2 notifies",
    2,
    [...NOTIFY_DATA_V2.keys()].flatMap((type) => CONTENTS.map((data) => notify(type, { data }))),
  ],
];

function any(type: number): PayloadBytes[] {
  return CONTENTS.map((body) => ({ type, body }));
}

describe("a canary in a capture made anonymous is in no output", () => {
  it.each(sampled(Object.entries(SAMPLES), SHARE))(
    "wherever it stood behind the header of: %s",
    async (_, message) => {
      const frames = withCanaries(message, IKE_HEADER, CANARY).map((payload) =>
        wire.ipv4({ payload: wire.udp({ sourcePort: 500, destinationPort: 500, payload }) }),
      );
      expect(leaksIn(await anonymousOutputs(frames, 101), CANARY)).toEqual([]);
    },
  );

  it.each(sampled(PAYLOADS, SHARE))("wherever it stood in a payload of %s", async (_, version, types) => {
    const frames = types.flatMap((payload) => {
      const message = ikeMessage({ version, exchange: version === 1 ? 2 : 34, payloads: [payload] });
      return withCanaries(message, IKE_HEADER, CANARY).map((changed) =>
        wire.ipv4({ payload: wire.udp({ sourcePort: 500, destinationPort: 500, payload: changed }) }),
      );
    });
    expect(leaksIn(await anonymousOutputs(frames, 101), CANARY)).toEqual([]);
  });

  it.each(sampled(CARRIED, SHARE))(
    "wherever it stood in a header of a link or tunnel: %s",
    async (_, network, frames) => {
      const changed = frames.flatMap((frame) =>
        carriersOf(frame).flatMap(([from, to]) =>
          withCanaries(frame.slice(0, to), from, SHORT_CANARY).map((start) =>
            wire.concat(start, frame.slice(to)),
          ),
        ),
      );
      const packets = changed.map((bytes, index) => ({ time: 1e15 + index * 1000, bytes }));
      const source = new AnonymizedSource(readerOf(pcapFile(packets, { network })), KEY);
      const { records } = await readAll(source);
      const left = records.flatMap(({ bytes }, index) =>
        latin(bytes).includes(latin(SHORT_CANARY)) ? [index] : [],
      );
      expect(left).toEqual([]);
    },
  );
});
