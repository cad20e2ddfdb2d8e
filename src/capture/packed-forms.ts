import type { ByteSource } from "./source.js";

/** A tool that unpacks standard input to standard output, bounded in memory by itself. */
export interface Unpacker {
  readonly program: string;
  readonly args: readonly string[];
}

/** A form in which files are packed: the first bytes that tell it, and how it is unpacked. */
export interface PackedForm {
  readonly name: string;
  readonly magic: readonly number[];
  /** Null where this process does it by itself. */
  readonly unpacker: Unpacker | null;
}

/**
 * All forms that are unpacked on the way. The system's tools do what Node cannot: they are mended when a fault is found in
 * them, and what a hostile file does to one is done to a process of its own (docs/decisions/0021).
 */
export const PACKED_FORMS: readonly PackedForm[] = [
  { name: "gzip", magic: [0x1f, 0x8b], unpacker: null },
  {
    name: "zstd",
    magic: [0x28, 0xb5, 0x2f, 0xfd],
    unpacker: { program: "zstd", args: ["-dcq", "--memory=128MB", "--no-progress"] },
  },
  {
    name: "xz",
    magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
    unpacker: { program: "xz", args: ["-dcq", "--memlimit-decompress=256MiB", "-T1"] },
  },
  { name: "bzip2", magic: [0x42, 0x5a, 0x68], unpacker: { program: "bzip2", args: ["-dc"] } },
  { name: "lz4", magic: [0x04, 0x22, 0x4d, 0x18], unpacker: { program: "lz4", args: ["-dcq"] } },
];

/** The form in which bytes are packed that begin so; null where they are not. */
export function packedForm(head: Uint8Array): PackedForm | null {
  return (
    PACKED_FORMS.find(
      ({ magic }) => head.length >= magic.length && magic.every((byte, index) => head[index] === byte),
    ) ?? null
  );
}

/** Whether more bytes may show that these are the first ones of a packed file. */
function mayBePacked(head: Uint8Array): boolean {
  return PACKED_FORMS.some(
    ({ magic }) => head.length < magic.length && head.every((byte, index) => magic[index] === byte),
  );
}

/** The first bytes of a source, enough for `packedForm()`; empty where there are none. A pipe may bring them one by one. */
export async function readHead(source: ByteSource): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0);
  while (mayBePacked(head)) {
    const chunk = await source.read();
    if (chunk === null) break;
    if (head.length === 0 && !mayBePacked(chunk)) return chunk;
    const joined = new Uint8Array(head.length + chunk.length);
    joined.set(head);
    joined.set(chunk, head.length);
    head = joined;
  }
  return head;
}
