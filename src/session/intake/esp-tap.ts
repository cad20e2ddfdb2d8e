import type { EspPacket } from "../../esp/packet.js";

/** Is shown each ESP and AH packet as it is counted, wherever it came from. The packet is reused. */
export interface EspTap {
  packet(packet: EspPacket): void;
}
