import type { Micros } from "../../../bytes/time.js";
import type { EspStream, LargePacket } from "../../../esp/stream.js";
import type { Rhythm } from "../silence/rhythm.js";
import type { EspDirection } from "./esp-directions.js";

/** Large packets that come again and again, or one after the other, and that nobody answers while smaller ones are. */
export interface LargeLost {
  readonly direction: EspDirection;
  readonly stream: EspStream;
  /** Sizes of ESP packets, bytes: the largest that was answered (0 where none was, but IKE both ways), and those that were not. */
  readonly answered: number;
  readonly lost: number;
  readonly kind: Rhythm;
  /** Packets of the other side come between them and answer others. */
  readonly isBeside: boolean;
  /** The other side is heard again behind the last of them, so it lives. */
  readonly isBack: boolean;
  readonly first: Micros;
  readonly last: Micros;
  /** Packets as large of the same SA before them, and how many of these a packet of the other side followed. */
  readonly before: { readonly sent: number; readonly followed: number };
  /** The packets that were not answered, in order. */
  readonly questions: readonly LargePacket[];
}
