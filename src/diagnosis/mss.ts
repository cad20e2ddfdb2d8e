/** Headers and trailers that a tunnel adds, bytes. */
const OUTER = { 4: 20, 6: 40 } as const;
const UDP_HEADER = 8;
const SPI_AND_SEQUENCE = 8;
const INNER_IPV4 = 20;
const INNER_IPV6 = 40;
const TCP_HEADER = 20;

/**
 * AES-CBC with HMAC-SHA2-256-128: of the usual suites the one that needs most, SHA2-512 apart. The suite of a Child SA is
 * encrypted, so that the number must be safe for any.
 */
const IV = 16;
const ICV = 16;
const BLOCK = 16;
/** Pad length and next header (RFC 4303 section 2). */
const TRAILER = 2;

/** Largest TCP segment that a tunnel with this outer MTU carries in one packet, and how it comes about. */
export interface MssAdvice {
  /** For TCP over IPv4 in the tunnel, and over IPv6. */
  readonly mss: number;
  readonly mss6: number;
  /** "1400 - 20 (IPv4) - 8 (UDP) - ... = 1326 bytes inside; ...": a phrase. */
  readonly arithmetic: string;
}

/** What to clamp the MSS to; null where the MTU is too small for any. */
export function mssFor(mtu: number, outer: 4 | 6, inUdp: boolean): MssAdvice | null {
  const udp = inUdp ? UDP_HEADER : 0;
  const room = mtu - OUTER[outer] - udp - SPI_AND_SEQUENCE - IV - ICV;
  const inner = Math.floor(room / BLOCK) * BLOCK - TRAILER;
  const mss = inner - INNER_IPV4 - TCP_HEADER;
  const mss6 = inner - INNER_IPV6 - TCP_HEADER;
  if (mss6 <= 0) return null;
  const arithmetic =
    `${mtu} - ${OUTER[outer]} (outer IPv${outer})${inUdp ? ` - ${UDP_HEADER} (UDP)` : ""} - ${SPI_AND_SEQUENCE} (ESP header) - ` +
    `${IV} (IV) - ${ICV} (ICV) = ${room}, in blocks of ${BLOCK} less ${TRAILER} (trailer) = ${inner} bytes for the inner packet; ` +
    `less 40 (IPv4 and TCP headers) = ${mss}, less 60 (IPv6 and TCP) = ${mss6}; for AES-CBC with SHA2-256, AES-GCM leaves a little more`;
  return { mss, mss6, arithmetic };
}
