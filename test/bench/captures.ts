import { closeSync, openSync, writeSync } from "node:fs";
import { pcapHeader, pcapRecord } from "../support/capture/pcap-writer.js";
import { SAMPLES } from "../support/ike/samples.js";
import { esp, ethernet, ipv4, udp } from "../support/packet/index.js";

const NOON = 1_700_000_000_000_000;
/** Written in pieces of about this size, so that a large capture needs no memory. */
const PIECE = 4 << 20;

/** A capture file that is written record by record. */
class CaptureFile {
  readonly #file: number;
  #pending: Uint8Array[] = [];
  #size = 0;

  constructor(path: string) {
    this.#file = openSync(path, "w");
    this.#write(pcapHeader());
  }

  add(time: number, bytes: Uint8Array): void {
    this.#write(pcapRecord({ time, bytes }));
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #write(bytes: Uint8Array): void {
    this.#pending.push(bytes);
    this.#size += bytes.length;
    if (this.#size >= PIECE) this.#flush();
  }

  #flush(): void {
    writeSync(this.#file, Buffer.concat(this.#pending));
    this.#pending = [];
    this.#size = 0;
  }
}

/** Messages as captures hold them; what is encrypted on the wire is not among them in clear. */
const ON_THE_WIRE = [
  "IKE_SA_INIT request",
  "IKE_SA_INIT response",
  "IKE_SA_INIT refused",
  "IKE_AUTH fragment",
  "clear delete",
  "main mode 1",
  "main mode 3",
  "main mode 5",
  "clear informational",
];

/** `count` IKE messages of all kinds, both versions, of 2,000 peers. */
export function writeIkeMix(path: string, count: number): void {
  const file = new CaptureFile(path);
  const samples = ON_THE_WIRE.map((name) => SAMPLES[name] ?? new Uint8Array(28));
  for (let index = 0; index < count; index++) {
    const sample = samples[index % samples.length] ?? new Uint8Array(28);
    const message = Uint8Array.from(sample);
    const peer = Math.floor(index / samples.length) % 2000;
    new DataView(message.buffer).setUint32(0, 0x1000_0000 + Math.floor(index / samples.length));
    const port = 500;
    const source = `10.${peer >> 8}.${peer & 255}.1`;
    file.add(
      NOON + index * 50,
      ethernet({
        payload: ipv4({
          source,
          destination: "192.0.2.1",
          identification: index & 0xffff,
          protocol: 17,
          payload: udp({ sourcePort: port, destinationPort: port, payload: message }),
        }),
      }),
    );
  }
  file.close();
}

/** `count` packets as a gateway has them: 60 % ESP of 1400 bytes, 20 % ESP in UDP, 5 % IKE, 15 % other. */
export function writeGatewayMix(path: string, count: number): void {
  const file = new CaptureFile(path);
  const filler = new Uint8Array(1392).fill(0x5a);
  const informational = SAMPLES["IKE_AUTH fragment"] ?? new Uint8Array(28);
  for (let index = 0; index < count; index++) {
    const kind = index % 20;
    const stream = index % 50;
    const sequence = 1 + Math.floor(index / 50);
    const [source, destination] = [`10.1.0.${stream}`, "192.0.2.1"];
    const packet =
      kind < 12
        ? { protocol: 50, payload: esp({ spi: 0x1000 + stream, sequence, payload: filler }) }
        : kind < 16
          ? {
              protocol: 17,
              payload: udp({
                sourcePort: 4500,
                destinationPort: 4500,
                payload: esp({ spi: 0x2000 + stream, sequence, payload: filler }),
              }),
            }
          : kind < 17
            ? {
                protocol: 17,
                payload: udp({ sourcePort: 500, destinationPort: 500, payload: informational }),
              }
            : {
                protocol: 17,
                payload: udp({ sourcePort: 40_000, destinationPort: 53, payload: filler.subarray(0, 600) }),
              };
    file.add(NOON + index * 10, ethernet({ payload: ipv4({ source, destination, ...packet }) }));
  }
  file.close();
}
