import { esp, ethernet, ipv4, udp } from "../../support/packet/index.js";
import { CaptureFile } from "../capture-file.js";
import { GATEWAY, NOON, Peer, peerAddress } from "./peer.js";

const SECOND = 1_000_000;
/** Clients behind one address; another NAT device has the next ones. */
const CLIENTS = 200;
/** Ethernet, IPv4 and UDP headers. */
const HEADERS = 42;
const PINGS = 12;
/** One client of so many gets no answer any more from the half of its pings on. */
const FAILS_EACH = 10;

/** The way of one client through its NAT device, which gives it two ports. */
interface Mapping {
  readonly address: string;
  readonly port500: number;
  readonly port4500: number;
}

/** `clients` clients that set up through NAT devices of 200 each, and then ping: of each tenth nothing is answered from half of it on. */
export function writeNatClients(path: string, clients: number): void {
  const file = new CaptureFile(path);
  const all = Array.from({ length: clients }, (_, number) => [new Peer(number), mappingOf(number)] as const);
  for (const [number, [peer, mapping]] of all.entries()) {
    const time = NOON + number * 10_000;
    file.add(time, out(mapping, peer.openingRequest(), 500));
    file.add(time + 10, back(mapping, peer.openingResponse(), 500));
    file.add(time + 20, out(mapping, peer.authRequest(), 4500));
    file.add(time + 30, back(mapping, peer.authResponse(), 4500));
  }
  const begun = NOON + clients * 10_000;
  for (let sequence = 1; sequence <= PINGS; sequence++) {
    for (const [number, [, mapping]] of all.entries()) {
      const time = begun + sequence * 5 * SECOND + number * 100;
      file.add(time, packet(mapping, "out", 4500, ping(0xc000_0000 + number, sequence)));
      if (number % FAILS_EACH > 0 || sequence <= PINGS / 2)
        file.add(time + 20, packet(mapping, "back", 4500, ping(0xd000_0000 + number, sequence)));
    }
  }
  file.close();
}

function mappingOf(number: number): Mapping {
  const port = 10_000 + (number % CLIENTS) * 2;
  return { address: peerAddress(Math.floor(number / CLIENTS)), port500: port, port4500: port + 1 };
}

function ping(spi: number, sequence: number): Uint8Array {
  return esp({ spi, sequence, payload: new Uint8Array(96).fill(0x5a) });
}

function out(mapping: Mapping, frame: Uint8Array, port: 500 | 4500): Uint8Array {
  return packet(mapping, "out", port, ikePayload(frame, port));
}

function back(mapping: Mapping, frame: Uint8Array, port: 500 | 4500): Uint8Array {
  return packet(mapping, "back", port, ikePayload(frame, port));
}

/** The message of a frame of {@link Peer}, behind the non-ESP marker on UDP 4500 (RFC 3948 section 2.2). */
function ikePayload(frame: Uint8Array, port: 500 | 4500): Uint8Array {
  const message = frame.subarray(HEADERS);
  return port === 500 ? message : Uint8Array.from([0, 0, 0, 0, ...message]);
}

function packet(
  { address, port500, port4500 }: Mapping,
  way: "out" | "back",
  port: 500 | 4500,
  payload: Uint8Array,
): Uint8Array {
  const own = port === 500 ? port500 : port4500;
  const datagram =
    way === "out"
      ? udp({ sourcePort: own, destinationPort: port, payload })
      : udp({ sourcePort: port, destinationPort: own, payload });
  const [source, destination] = way === "out" ? [address, GATEWAY] : [GATEWAY, address];
  return ethernet({ payload: ipv4({ source, destination, protocol: 17, payload: datagram }) });
}
