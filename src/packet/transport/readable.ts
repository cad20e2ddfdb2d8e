import { u16At } from "../../bytes/reader.js";

/** Padding length and next header (RFC 4303 section 2). */
const TRAILER = 2;
/** IV and ICV of what does not encrypt: NULL with the usual HMACs (RFC 2404, 4868), and GMAC (RFC 4543). */
const SUITES = [
  [0, 12],
  [0, 16],
  [0, 24],
  [0, 32],
  [8, 16],
] as const;

interface UpperLayer {
  readonly header: number;
  /** The bytes of the header that `fits` looks at, each from and to. */
  readonly told: readonly (readonly [number, number])[];
  /** Whether the content in [at, end) begins with such a header, which is wholly there. */
  readonly fits: (bytes: Uint8Array, at: number, end: number) => boolean;
}

/** Echo requests and answers. */
const echo = (request: number, answer: number): UpperLayer => ({
  header: 8,
  told: [[0, 2]],
  fits: (bytes, at) => (bytes[at] === request || bytes[at] === answer) && bytes[at + 1] === 0,
});

const UDP: UpperLayer = {
  header: 8,
  told: [[4, 6]],
  fits: (bytes, at, end) => u16At(bytes, at + 4) === end - at,
};

/** The reserved bits are zero, and without URG so is the urgent pointer (RFC 9293 section 3.1). */
const TCP: UpperLayer = {
  header: 20,
  told: [
    [12, 14],
    [18, 20],
  ],
  fits: (bytes, at, end) => {
    const bits = u16At(bytes, at + 12);
    const length = (bits >> 12) * 4;
    return length >= 20 && length <= end - at && (bits & 0x0e20) === 0 && u16At(bytes, at + 18) === 0;
  },
};

const GRE_PROTOCOLS: ReadonlySet<number> = new Set([0x0800, 0x86dd, 0x6558]);
/** No flags but checksum, key and sequence, version 0 (RFC 2784, 2890). */
const GRE: UpperLayer = {
  header: 4,
  told: [[0, 4]],
  fits: (bytes, at) => (u16At(bytes, at) & 0x4fff) === 0 && GRE_PROTOCOLS.has(u16At(bytes, at + 2)),
};

/** Protocols that transport mode carries, by their number as next header. */
const UPPER_LAYERS: ReadonlyMap<number, UpperLayer> = new Map([
  [1, echo(8, 0)],
  [6, TCP],
  [17, UDP],
  [47, GRE],
  [58, echo(128, 129)],
]);

/** The position of the packet that ESP in transport mode carries in clear. */
export interface ReadableTransport {
  readonly at: number;
  /** Offsets of the padding and of the ICV. */
  readonly end: number;
  readonly icvAt: number;
  /** Bytes by which it was recognised, each from and to; beside padding and trailer. */
  readonly told: readonly (readonly [number, number])[];
}

/**
 * What stands in clear at `body`, behind the header of a whole ESP packet that ends at `end`, in transport mode: before an ICV
 * a next header that transport mode carries and padding of 1, 2, 3 and so on, and at the beginning a header of that kind,
 * whose length fits. Ciphertext passes for it once in 2^27 packets: of five places for the trailer, each has right padding
 * once in 2^8 and the next header in 2^8, and then the header is right once in 2^14 at best. Judge by several packets.
 */
export function readableTransport(bytes: Uint8Array, body: number, end: number): ReadableTransport | null {
  for (const [iv, icv] of SUITES) {
    const found = contentOf(bytes, body + iv, end - icv);
    if (found !== null) return found;
  }
  return null;
}

function contentOf(bytes: Uint8Array, at: number, icvAt: number): ReadableTransport | null {
  const trailer = icvAt - TRAILER;
  if (trailer <= at) return null;
  const padding = bytes[trailer] as number;
  const end = trailer - padding;
  if (end <= at) return null;
  for (let count = 1; count <= padding; count++) if (bytes[end + count - 1] !== count) return null;
  const layer = UPPER_LAYERS.get(bytes[trailer + 1] as number);
  if (layer === undefined || end - at < layer.header || !layer.fits(bytes, at, end)) return null;
  return { at, end, icvAt, told: layer.told.map(([from, to]) => [at + from, at + to] as const) };
}
