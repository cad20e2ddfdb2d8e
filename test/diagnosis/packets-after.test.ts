import { expect, it } from "vitest";
import { packetsAfter, packetsBetween } from "../../src/diagnosis/facts/esp/esp-directions.js";
import { pcapFile } from "../support/capture/pcap-writer.js";
import { judgeBytes } from "../support/extract.js";
import { esp, ethernet, ipv4 } from "../support/packet/index.js";

const NOON = 1_700_000_000_000_000;
const HOUR = 3_600_000_000;

function packet(source: string, destination: string, spi: number, sequence: number): Uint8Array {
  const payload = esp({ spi, sequence, payload: new Uint8Array(80).fill(0x5a) });
  return ethernet({ payload: ipv4({ source, destination, protocol: 50, payload }) });
}

it("counts no packet as later than a time that lies before all bins, where the clock was set back", async () => {
  const others = [1, 2, 3].map((sequence) => ({
    time: NOON + HOUR + sequence * 1_000_000,
    bytes: packet("203.0.113.1", "203.0.113.2", 0x1111, sequence),
  }));
  const own = Array.from({ length: 10 }, (_, index) => ({
    time: NOON + index * 1_000_000,
    bytes: packet("192.0.2.1", "198.51.100.2", 0x2222, index + 1),
  }));
  const { tunnels } = await judgeBytes(pcapFile([...others, ...own]));
  const stream = tunnels.flatMap(({ tunnel }) => tunnel.streams).find(({ spi }) => spi === 0x2222);
  if (stream === undefined) throw new Error("no stream");
  expect(stream.packets).toBe(10);
  expect(packetsAfter(stream, NOON + 7_500_000)).toBeLessThanOrEqual(2);
  expect(packetsBetween(stream, NOON + 7_500_000, NOON + 2 * HOUR)).toBeLessThanOrEqual(2);
  expect(packetsAfter(stream, NOON)).toBe(10);
});
