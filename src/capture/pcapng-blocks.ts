/** Block types of draft-ietf-opsawg-pcapng, section 10, that are read or knowingly skipped. */
export const BLOCK = {
  section: 0x0a0d0d0a,
  interface: 1,
  obsoletePacket: 2,
  simplePacket: 3,
  nameResolution: 4,
  interfaceStatistics: 5,
  enhancedPacket: 6,
  systemdJournal: 9,
  decryptionSecrets: 10,
  custom: 0x00000bad,
  customNotCopied: 0x40000bad,
} as const;

/** A section header's type reads the same in both byte orders: it is also what a pcapng file begins with. */
export const PCAPNG_MAGIC: number = BLOCK.section;
export const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

/** A block of nothing but type, length and closing length. */
export const SMALLEST_BLOCK = 12;
export const LARGEST_BLOCK = 64 * 1024 * 1024;
/** The obsolete packet block numbers interfaces with 16 bits; nothing real comes near. */
export const MOST_INTERFACES = 65_536;

/** Position of a block's body in memory, [body, end), with the byte order of its section. */
export interface BlockBody {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly little: boolean;
  readonly body: number;
  readonly end: number;
}
