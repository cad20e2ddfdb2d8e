import { ethernet, ipv4, udp } from "../support/packet/index.js";

const ETHERNET_HEADER = 14;

let identification = 0;

/** An IKE message in a frame of its own, from and to the same UDP port. */
export function packet(source: string, destination: string, port: number, message: Uint8Array): Uint8Array {
  identification = (identification + 1) & 0xffff;
  const payload = udp({ sourcePort: port, destinationPort: port, payload: message });
  return ethernet({ payload: ipv4({ source, destination, identification, protocol: 17, payload, ttl: 57 }) });
}

/** The same message in another packet. */
export function again(frame: Uint8Array): Uint8Array {
  identification = (identification + 1) & 0xffff;
  const copy = frame.slice();
  new DataView(copy.buffer).setUint16(ETHERNET_HEADER + 4, identification);
  return copy;
}
