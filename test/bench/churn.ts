import { CaptureFile } from "./capture-file.js";
import { Stream } from "./esp-captures.js";

const NOON = 1_700_000_000_000_000;
const GATEWAY = "192.0.2.1";
/** Tunnels at a time, packets until one gives way to another peer's, and until its SPIs change. */
const TUNNELS = 1000;
const LIFE = 2000;
const SPI_LIFE = 500;
/** A thousand packets a second: ten million are close to three hours. */
const STEP = 1000;

/** ESP of peers that come and go: each packet belongs to one of a thousand tunnels, which are replaced in turn. */
export function writeChurn(path: string, count: number): void {
  const file = new CaptureFile(path);
  const tunnels = Array.from({ length: TUNNELS }, (_, index) => new Passing(index, index % LIFE));
  let peers = TUNNELS;
  for (let index = 0; index < count; index++) {
    const at = (index * 7) % TUNNELS;
    let tunnel = tunnels[at];
    if (tunnel === undefined || tunnel.isOver) {
      tunnel = new Passing(peers++, 0);
      tunnels[at] = tunnel;
    }
    file.add(NOON + index * STEP, tunnel.next());
  }
  file.close();
}

/** One peer while it is there. */
class Passing {
  readonly #peer: string;
  readonly #number: number;
  #sent: number;
  #generation = -1;
  #streams: readonly Stream[] = [];

  constructor(number: number, sent: number) {
    this.#number = number;
    this.#peer = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
    this.#sent = sent;
  }

  get isOver(): boolean {
    return this.#sent >= LIFE;
  }

  next(): Uint8Array {
    const generation = Math.floor(this.#sent / SPI_LIFE);
    if (generation !== this.#generation) this.#rekey(generation);
    const stream = this.#streams[this.#sent++ % 2];
    if (stream === undefined) throw new Error("a tunnel has two streams");
    return stream.next();
  }

  #rekey(generation: number): void {
    this.#generation = generation;
    const spi = 0x4000_0000 + this.#number * 64 + generation * 2;
    const common = { inUdp: true, frameLength: 118 };
    this.#streams = [
      new Stream({ source: GATEWAY, destination: this.#peer, spi, ...common }),
      new Stream({ source: this.#peer, destination: GATEWAY, spi: spi + 1, ...common }),
    ];
  }
}
