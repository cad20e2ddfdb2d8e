import { joined, type Message, say } from "../../../texts/message.js";
/** Headers and trailers that a tunnel adds, bytes. */
const OUTER = { 4: 20, 6: 40 } as const;
const UDP_HEADER = 8;
const SPI_AND_SEQUENCE = 8;
const INNER_IPV4 = 20;
const INNER_IPV6 = 40;
const TCP_HEADER = 20;
/** Pad length and next header (RFC 4303 section 2). */
const TRAILER = 2;

/** The bytes that an ESP suite adds to a packet. */
export interface EspSuite {
  readonly name: string;
  readonly iv: number;
  /** The plaintext with its trailer is padded to a multiple of so many bytes; 4 if the cipher needs no padding (RFC 4303 2.4). */
  readonly block: number;
  readonly icv: number;
  /** One of those that are reckoned with where the sizes do not say more. */
  readonly usual: boolean;
}

/** RFC 8221 has the algorithms, RFC 4106, 7634, 3602, 2451 and 2410 their sizes. */
export const ESP_SUITES: readonly EspSuite[] = [
  { name: "AES-GCM-16 or ChaCha20-Poly1305", iv: 8, block: 4, icv: 16, usual: true },
  { name: "AES-GCM-12", iv: 8, block: 4, icv: 12, usual: false },
  { name: "AES-GCM-8", iv: 8, block: 4, icv: 8, usual: false },
  { name: "NULL with a 96-bit HMAC", iv: 0, block: 4, icv: 12, usual: false },
  { name: "NULL with SHA2-256", iv: 0, block: 4, icv: 16, usual: false },
  { name: "AES-CBC with a 96-bit HMAC", iv: 16, block: 16, icv: 12, usual: true },
  { name: "AES-CBC with SHA2-256", iv: 16, block: 16, icv: 16, usual: true },
  { name: "AES-CBC with SHA2-384", iv: 16, block: 16, icv: 24, usual: false },
  { name: "AES-CBC with SHA2-512", iv: 16, block: 16, icv: 32, usual: false },
  { name: "3DES with a 96-bit HMAC", iv: 8, block: 8, icv: 12, usual: true },
  { name: "3DES with SHA2-256", iv: 8, block: 8, icv: 16, usual: false },
];

/** Length of the ESP packet, without outer headers, that carries an inner packet of so many bytes. */
export function espLength(inner: number, { iv, block, icv }: EspSuite): number {
  return SPI_AND_SEQUENCE + iv + Math.ceil((inner + TRAILER) / block) * block + icv;
}

/** The largest inner packet that fits an outer MTU; below zero where none does. */
export function innerMtu(mtu: number, outer: 4 | 6, inUdp: boolean, suite: EspSuite): number {
  const room = mtu - OUTER[outer] - (inUdp ? UDP_HEADER : 0) - SPI_AND_SEQUENCE - suite.iv - suite.icv;
  return Math.floor(room / suite.block) * suite.block - TRAILER;
}

/** The outer packet of an ESP packet of so many bytes. */
export function outerLength(esp: number, outer: 4 | 6, inUdp: boolean): number {
  return esp + OUTER[outer] + (inUdp ? UDP_HEADER : 0);
}

/** Bit n is set where ESP packets of the suite can have a length of n modulo 16. */
function residuesOf(suite: EspSuite): number {
  let bits = 0;
  for (let inner = 0; inner < 16; inner++) bits |= 1 << (espLength(inner, suite) % 16);
  return bits;
}

/**
 * The suites that allow all lengths that were seen, given as bits of the lengths modulo 16. A cipher without blocks may
 * by chance have shown the lengths of a block cipher, so it stays among them. All suites where nothing was seen.
 */
export function suitesFor(residues: number): readonly EspSuite[] {
  return ESP_SUITES.filter((suite) => (residues & ~residuesOf(suite)) === 0);
}

/** Largest TCP segment that a tunnel with this outer MTU carries in one packet, and how it comes about. */
export interface MssAdvice {
  /** Largest inner packet. */
  readonly inner: number;
  /** For TCP over IPv4 in the tunnel, and over IPv6. */
  readonly mss: number;
  readonly mss6: number;
  /** "1400 - 20 (outer IPv4) - 8 (UDP) - ... = 1326 bytes for the inner packet; ...": a phrase. */
  readonly arithmetic: Message;
}

/**
 * What to clamp the MSS to; null where the MTU is too small for any. The suite of a Child SA is encrypted, so that the
 * number is safe for every usual suite that the lengths of the packets (see {@link suitesFor}) allow.
 */
export function mssFor(mtu: number, outer: 4 | 6, inUdp: boolean, residues = 0): MssAdvice | null {
  const suite = neediest(mtu, outer, inUdp, residues);
  const { iv, icv, block } = suite;
  const room = mtu - OUTER[outer] - (inUdp ? UDP_HEADER : 0) - SPI_AND_SEQUENCE - iv - icv;
  const inner = innerMtu(mtu, outer, inUdp, suite);
  const mss = inner - INNER_IPV4 - TCP_HEADER;
  const mss6 = inner - INNER_IPV6 - TCP_HEADER;
  if (mss6 <= 0) return null;
  const arithmetic = joined(
    say`${mtu} - ${OUTER[outer]} (outer IPv${outer})${inUdp ? say` - ${UDP_HEADER} (UDP)` : ""} - ${SPI_AND_SEQUENCE} (ESP header) - `,
    say`${iv} (IV) - ${icv} (ICV) = ${room}, in blocks of ${block} less ${TRAILER} (trailer) = ${inner} bytes for the inner packet; `,
    say`less 40 (IPv4 and TCP headers) = ${mss}, less 60 (IPv6 and TCP) = ${mss6}; for ${suite.name}${residues === 0 ? ", AES-GCM leaves a little more" : ""}`,
  );
  return { inner, mss, mss6, arithmetic };
}

/** The suites to reckon with: the usual ones, and others where all lengths are of one block cipher that no usual one explains. */
export function likelySuites(residues: number): readonly EspSuite[] {
  const possible = suitesFor(residues);
  const usual = possible.filter((suite) => suite.usual);
  const inBlocks = isOneResidue(residues) ? possible.filter(({ block }) => block === 16) : [];
  if (usual.length === 0) return possible.length > 0 ? possible : ESP_SUITES;
  return usual.some((suite) => inBlocks.includes(suite)) ? usual : [...usual, ...inBlocks];
}

function isOneResidue(bits: number): boolean {
  return bits !== 0 && (bits & (bits - 1)) === 0;
}

function neediest(mtu: number, outer: 4 | 6, inUdp: boolean, residues: number): EspSuite {
  return likelySuites(residues).reduce((worst, suite) =>
    innerMtu(mtu, outer, inUdp, suite) < innerMtu(mtu, outer, inUdp, worst) ? suite : worst,
  );
}
