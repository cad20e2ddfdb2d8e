import type { Address } from "../../bytes/address.js";
import type { FrameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import type { IkeMessage } from "../../ike/message.js";
import type { Sighting } from "../model.js";
import type { OpenedMessage } from "../model/opened.js";

/** Opens encrypted messages with keys; is shown every message, once, in the order in which they are filed. */
export interface MessageOpener {
  /** `bytes` are reused. Null where nothing of it could be opened. */
  message(message: IkeMessage, bytes: Uint8Array, sighting: Sighting): OpenedMessage | null;
}

/** Opens ESP packets with keys; is shown each one of which all bytes are there. */
export interface EspOpener {
  /** The packet, from its SPI on, stands in [start, end) of `bytes`, which are reused. */
  packet(bytes: Uint8Array, start: number, end: number, seen: EspSighting): void;
}

/** Frame, time and endpoints of an ESP packet. */
export interface EspSighting {
  readonly source: () => Address;
  readonly destination: () => Address;
  readonly frame: FrameRef;
  readonly time: Micros;
}
