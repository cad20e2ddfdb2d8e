import type { Address } from "../../bytes/address.js";
import type { FrameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import type { EspStream } from "../../esp/stream.js";
import type { Message } from "../../texts/message.js";

/**
 * One direction of a Child SA: all that carries one SPI from one peer to the other, whichever addresses, ports or
 * encapsulation it had on the way. The second view of a capture on a NAT device is left out.
 */
export interface EspSa {
  /** The tunnel's own addresses. */
  readonly source: Address;
  readonly destination: Address;
  readonly spi: number;
  readonly isAh: boolean;
  readonly streams: readonly EspStream[];
  /** Without copies. */
  readonly packets: number;
  readonly firstTime: Micros;
  readonly lastTime: Micros;
  readonly firstFrame: FrameRef;
  readonly lastFrame: FrameRef;
  readonly firstSequence: number;
}

/** An answer that, as far as its length tells, made a Child SA. */
export interface ChildSaCreation {
  readonly by: "IKE_AUTH" | "CREATE_CHILD_SA" | "Quick Mode";
  readonly time: Micros;
  readonly frame: FrameRef;
}

/** Two directions that belong together, as far as the capture tells; one of them may be missing. */
export interface ChildSa {
  /** From the tunnel's first address to its second, and back. */
  readonly forward: EspSa | null;
  readonly backward: EspSa | null;
  /** 1 for the first pairs that are seen, one more for each rekey. */
  readonly generation: number;
  /** likely: by the exchange that made them, or by clear turns. possible: by what else was there. */
  readonly confidence: "likely" | "possible";
  /** Why these two were paired, a phrase. */
  readonly reason: Message;
  /** The exchange after which both began; null where the capture does not hold it. */
  readonly madeBy: ChildSaCreation | null;
}
