import { pcapFile, type PcapOptions, type WrittenPacket } from "./pcap-writer.js";
import { PcapngWriter } from "./pcapng-writer.js";

/** One way to write a capture, and how fine its clock is. */
export interface FileVariant {
  readonly name: string;
  /** Nanoseconds from one tick to the next; times that are no multiple cannot be kept. */
  readonly tick: number;
  readonly write: (packets: readonly WrittenPacket[]) => Uint8Array;
}

const BYTE_ORDERS = [true, false];
/** Where very fine clocks count from, in seconds since 1970: their stamps of 64 bits would run over before today. */
const LATE_START = 1_714_564_000;

/** Every variant of both formats that a reader must take. */
export const FILE_VARIANTS: readonly FileVariant[] = BYTE_ORDERS.flatMap((littleEndian) => {
  const order = littleEndian ? "little endian" : "big endian";
  return [
    pcapVariant(`pcap ${order}`, 1000, { littleEndian }),
    pcapVariant(`pcap ${order} nanoseconds`, 1, { littleEndian, nanoseconds: true }),
    pcapVariant(`pcap ${order} modified`, 1000, { littleEndian, modified: true }),
    pcapngVariant(`pcapng ${order}`, 1000, littleEndian, undefined),
    pcapngVariant(`pcapng ${order} milliseconds`, 1_000_000, littleEndian, 3),
    pcapngVariant(`pcapng ${order} 100 nanoseconds`, 100, littleEndian, 7),
    pcapngVariant(`pcapng ${order} nanoseconds`, 1, littleEndian, 9),
    pcapngVariant(`pcapng ${order} picoseconds`, 1, littleEndian, 12, LATE_START),
    pcapngVariant(`pcapng ${order} 10^-15 s`, 1, littleEndian, 15, LATE_START),
    pcapngVariant(`pcapng ${order} 2^-32 s`, 1, littleEndian, 0x80 | 32),
    pcapngVariant(`pcapng ${order} obsolete blocks`, 1000, littleEndian, undefined, undefined, true),
  ];
});

/** The packet with its time rounded down to the variant's clock. */
export function asKept(packet: WrittenPacket, tick: number): Required<WrittenPacket> {
  const { time, nanos = 0, bytes, originalLength = bytes.length } = packet;
  const micro = Math.max(tick / 1000, 1);
  return {
    time: Math.floor(time / micro) * micro,
    nanos: tick >= 1000 ? 0 : Math.floor(nanos / tick) * tick,
    bytes,
    originalLength,
  };
}

function pcapVariant(name: string, tick: number, options: PcapOptions): FileVariant {
  return {
    name,
    tick,
    write: (packets) =>
      pcapFile(
        packets.map((packet) => asKept(packet, tick)),
        options,
      ),
  };
}

function pcapngVariant(
  name: string,
  tick: number,
  littleEndian: boolean,
  resolution: number | undefined,
  offsetSeconds?: number,
  obsolete = false,
): FileVariant {
  return {
    name,
    tick,
    write: (packets) => {
      const file = new PcapngWriter().section({ littleEndian });
      file.interface({
        ...(resolution === undefined ? {} : { resolution }),
        ...(offsetSeconds === undefined ? {} : { offsetSeconds }),
      });
      for (const packet of packets) {
        if (obsolete) file.obsoletePacket(asKept(packet, tick));
        else file.packet(asKept(packet, tick));
      }
      return file.build();
    },
  };
}
