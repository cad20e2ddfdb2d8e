import { writeFileSync } from "node:fs";
import { CaptureFile } from "../capture-file.js";
import { GATEWAY, NOON, Peer } from "./peer.js";

/** Ethernet, IPv4 and UDP before the message. */
const HEADERS = 14 + 20 + 8;
/** Microseconds from one tunnel to the next, and between the messages of one. */
const TUNNEL = 1_000;
const STEP = 200;

/** The gateway's log beside a capture of {@link writeLoggedSetups}. */
export function logOf(path: string): string {
  return `${path}.log`;
}

/** `tunnels` tunnels that are set up with four messages each, and the log that the gateway's charon writes of them. */
export function writeLoggedSetups(path: string, tunnels: number): void {
  const file = new CaptureFile(path);
  const lines: string[] = [
    `${stamp(NOON)} 00[DMN] Starting IKE charon daemon (strongSwan 5.9.8, Linux 6.1, x86_64)\n`,
  ];
  for (let number = 0; number < tunnels; number++) {
    const peer = new Peer(number);
    const begins = NOON + number * TUNNEL;
    const connection = `<site${number}|${number + 1}>`;
    for (const [index, { frame, isRequest, name }] of messagesOf(peer).entries()) {
      const time = begins + index * STEP;
      file.add(time, frame);
      const ways = isRequest ? [peer.address, GATEWAY] : [GATEWAY, peer.address];
      const packet = `packet: from ${ways[0]}[500] to ${ways[1]}[500] (${frame.length - HEADERS} bytes)`;
      const said = isRequest
        ? [`05[NET] ${connection} received ${packet}`, `05[ENC] ${connection} parsed ${name}`]
        : [`05[ENC] ${connection} generating ${name}`, `05[NET] ${connection} sending ${packet}`];
      for (const line of said) lines.push(`${stamp(time)} ${line}\n`);
    }
    lines.push(
      `${stamp(begins + 3 * STEP)} 05[IKE] ${connection} IKE_SA site${number}[${number + 1}] established between ${GATEWAY}[${GATEWAY}]...${peer.address}[${peer.address}]\n`,
    );
  }
  file.close();
  writeFileSync(logOf(path), lines.join(""));
}

function messagesOf(peer: Peer) {
  return [
    { frame: peer.openingRequest(), isRequest: true, name: "IKE_SA_INIT request 0 [ SA KE No ]" },
    { frame: peer.openingResponse(), isRequest: false, name: "IKE_SA_INIT response 0 [ SA KE No ]" },
    { frame: peer.authRequest(), isRequest: true, name: "IKE_AUTH request 1 [ IDi AUTH SA TSi TSr ]" },
    { frame: peer.authResponse(), isRequest: false, name: "IKE_AUTH response 1 [ IDr AUTH SA TSi TSr ]" },
  ];
}

function stamp(time: number): string {
  return new Date(time / 1_000).toISOString().slice(0, 23);
}
