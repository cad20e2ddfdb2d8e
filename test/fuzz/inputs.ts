import { readdirSync, readFileSync, statSync } from "node:fs";
import { captureFile } from "../support/scenario/capture-file.js";
import { scenario } from "../support/scenario/index.js";
import { STORIES } from "../score/generated/index.js";
import { PCAPS } from "../score/truth.js";
import { pcapFile } from "../support/capture/pcap-writer.js";
import { type ReadRecord, readBytes } from "../support/capture/read-all.js";
import { SAMPLES } from "../support/ike/samples.js";
import * as wire from "../support/packet/index.js";

/** Larger captures take most of the time for the least that is new. */
const LARGEST_BYTES = 120_000;

/** Packets of a capture that are changed at most. */
const PACKETS = 400;

/** A capture that mutations start from: its file, and its packets. */
export interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly packets: readonly ReadRecord[];
}

/** Captures of the laboratory, those that are told, and one with every kind of message. */
export async function seeds(): Promise<Seed[]> {
  const recorded = readdirSync(PCAPS)
    .filter((name) => /\.pcap(ng)?$/.test(name))
    .map((name) => new URL(name, PCAPS))
    .filter((url) => statSync(url).size <= LARGEST_BYTES)
    .map((url) => ({ name: url.pathname.replace(/.*\//, ""), bytes: new Uint8Array(readFileSync(url)) }));
  const told = STORIES.map(({ name, options, tell, recording }) => {
    const talk = scenario(options);
    tell(talk);
    return { name, bytes: captureFile(talk, recording) };
  }).filter(({ bytes }) => bytes.length <= LARGEST_BYTES);
  const messages = Object.values(SAMPLES).map((payload, index) => ({
    time: 1e15 + index * 1000,
    bytes: wire.ipv4({ payload: wire.udp({ sourcePort: 500, destinationPort: 500, payload }) }),
  }));
  const all = [...recorded, ...told, { name: "messages", bytes: pcapFile(messages, { network: 101 }) }];
  return Promise.all(
    all.map(async (file) => ({ ...file, packets: (await readBytes(file.bytes)).records.slice(0, PACKETS) })),
  );
}
