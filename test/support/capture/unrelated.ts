import { ethernet, ipv4, udp } from "../packet/index.js";
import { filler } from "../ike/bytes.js";
import { pcapFile } from "./pcap-writer.js";

const PCAP_HEADER = 24;
const PAYLOAD = 1400;
/** 2026-11-21 17:15:20 UTC, right after the recorded captures of that hour. */
const TIME = 1_795_281_320_000_000;

/** Records of a pcap file, without its header: at least so many bytes of packets that have nothing to do with IPsec and do not pack. */
export function frames(bytes: number): Uint8Array {
  const packets = Array.from({ length: Math.ceil(bytes / PAYLOAD) }, (_, index) => ({
    time: TIME + index,
    bytes: ethernet({
      payload: ipv4({
        source: "203.0.113.7",
        destination: "203.0.113.8",
        payload: udp({ sourcePort: 5004, destinationPort: 5004, payload: filler(PAYLOAD, index + 1) }),
      }),
    }),
  }));
  return pcapFile(packets).subarray(PCAP_HEADER);
}
