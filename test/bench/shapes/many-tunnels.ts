import { esp, ethernet, ipv4, udp } from "../../support/packet/index.js";
import { CaptureFile } from "../capture-file.js";
import { GATEWAY, NOON, Peer } from "./peer.js";

/** `tunnels` tunnels that are set up with four messages each, and nothing else. */
export function writeSetups(path: string, tunnels: number): void {
  const file = new CaptureFile(path);
  for (let number = 0; number < tunnels; number++) addSetup(file, number);
  file.close();
}

function addSetup(file: CaptureFile, number: number): void {
  const peer = new Peer(number);
  const frames = [peer.openingRequest(), peer.openingResponse(), peer.authRequest(), peer.authResponse()];
  for (const [index, frame] of frames.entries()) file.add(NOON + number * 1_000 + index * 200, frame);
}

/** Packets of a flow in clear, and of the ESP of a tunnel. */
const PACKETS = 4;

/** `tunnels` tunnels with ESP, and over the same link twice as many flows in clear between private addresses. */
export function writeClearFlows(path: string, tunnels: number): void {
  const file = new CaptureFile(path);
  for (let number = 0; number < tunnels; number++) addSetup(file, number);
  let time = NOON + tunnels * 1_000 + 1_000_000;
  for (let packet = 1; packet <= PACKETS; packet++) {
    for (let number = 0; number < tunnels; number++) {
      const { address } = new Peer(number);
      file.add((time += 10_000), espFrame(GATEWAY, address, 0x5000_0000 + number, packet));
      file.add((time += 10_000), espFrame(address, GATEWAY, 0x6000_0000 + number, packet));
    }
    for (let flow = 0; flow < tunnels * 2; flow++) file.add((time += 10_000), clearFrame(flow));
  }
  file.close();
}

function espFrame(source: string, destination: string, spi: number, sequence: number): Uint8Array {
  return ethernet({
    payload: ipv4({ source, destination, protocol: 50, payload: esp({ spi, sequence }) }),
  });
}

function clearFrame(flow: number): Uint8Array {
  const payload = udp({ sourcePort: 40_000, destinationPort: 53, payload: new Uint8Array(64) });
  const source = `10.${flow >> 8}.${flow & 255}.7`;
  return ethernet({ payload: ipv4({ source, destination: "192.168.7.7", protocol: 17, payload }) });
}
