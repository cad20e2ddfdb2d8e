import { concat, mac, u16, u8, zeros } from "../packet/index.js";

/** Who has 192.0.2.1? Any network is full of it. */
export function arp(): Uint8Array {
  return concat(
    u16(1, 0x0800),
    u8(6, 4),
    u16(1),
    mac("02:00:00:00:00:01"),
    u8(192, 0, 2, 9),
    zeros(6),
    u8(192, 0, 2, 1),
  );
}
