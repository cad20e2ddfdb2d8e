import type { ByteSource } from "../source.js";

/** Bytes as they lie in a file or come through a pipe, before anything of them is unpacked. */
export interface RawBytes extends ByteSource {
  /** Bytes of the file when it was opened; null where nobody knows how much will come. */
  readonly size: number | null;
  /**
   * Says that the bytes are the capture's own: they may be read to the place where somebody wants those of captures. Packed
   * bytes never lie there, because what they unpack to is written there while the rest of them waits.
   */
  notPacked(): void;
}
