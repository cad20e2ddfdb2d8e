import type { EspStream } from "../../../esp/stream.js";
import { sumOf } from "./esp-directions.js";

/** One packet on a port that anybody may send to: nothing but its port says that it is ESP. */
export function isLonePacket(streams: readonly EspStream[]): boolean {
  return (
    streams.every(({ encapsulation }) => encapsulation === "udp") &&
    sumOf(streams, ({ packets }) => packets) === 1
  );
}
