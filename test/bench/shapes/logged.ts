import { writeFileSync } from "node:fs";
import { CaptureFile } from "../capture-file.js";
import { GATEWAY, NOON, Peer } from "./peer.js";

/** Ethernet, IPv4 and UDP before the message. */
const HEADERS = 14 + 20 + 8;
/** Microseconds from one tunnel to the next, and between the messages of one. */
const TUNNEL = 1_000;
const STEP = 200;
/** When a request that is lost is sent again, microseconds behind the first time. */
const REPEATS = [500_000, 1_500_000, 3_500_000];

/** A frame, and what the gateway's log says of it. */
interface Logged {
  readonly time: number;
  readonly frame: Uint8Array;
  readonly lines: readonly string[];
}

/** The gateway's log beside a capture of {@link writeLoggedPeers}. */
export function logOf(path: string): string {
  return `${path}.log`;
}

/**
 * `peers` peers of a gateway, and the log that its charon writes of them: of four two set up a tunnel, one has a wrong key, and of one
 * IKE_AUTH is lost on the way.
 */
export function writeLoggedPeers(path: string, peers: number): void {
  const file = new CaptureFile(path);
  const all = Array.from({ length: peers }, (_, number) => logged(number)).flat();
  const lines = [`${stamp(NOON)} 00[DMN] Starting IKE charon daemon (strongSwan 5.9.8, Linux 6.1, x86_64)\n`];
  for (const { time, frame, lines: said } of all.toSorted((a, b) => a.time - b.time)) {
    file.add(time, frame);
    for (const line of said) lines.push(`${stamp(time)} ${line}\n`);
  }
  file.close();
  writeFileSync(logOf(path), lines.join(""));
}

function logged(number: number): Logged[] {
  const peer = new Peer(number);
  const begins = NOON + number * TUNNEL;
  const name = `<site${number}|${number + 1}>`;
  const heard = (step: number, frame: Uint8Array, what: string, ...more: readonly string[]): Logged => ({
    time: begins + step * STEP,
    frame,
    lines: [
      `05[NET] ${name} received packet: from ${peer.address}[500] to ${GATEWAY}[500] (${frame.length - HEADERS} bytes)`,
      `05[ENC] ${name} parsed ${what}`,
      ...more.map((line) => `05[IKE] ${name} ${line}`),
    ],
  });
  const said = (step: number, frame: Uint8Array, what: string): Logged => ({
    time: begins + step * STEP,
    frame,
    lines: [
      `05[ENC] ${name} generating ${what}`,
      `05[NET] ${name} sending packet: from ${GATEWAY}[500] to ${peer.address}[500] (${frame.length - HEADERS} bytes)`,
    ],
  });
  const opening = [
    heard(0, peer.openingRequest(), "IKE_SA_INIT request 0 [ SA KE No N(NATD_S_IP) N(NATD_D_IP) ]"),
    said(1, peer.openingResponse(), "IKE_SA_INIT response 0 [ SA KE No N(NATD_S_IP) N(NATD_D_IP) ]"),
  ];
  const request = peer.authRequest();
  const asked = "IKE_AUTH request 1 [ IDi AUTH SA TSi TSr ]";
  switch (number % 4) {
    case 2:
      return [
        ...opening,
        heard(
          2,
          request,
          asked,
          `tried 1 shared key for '${GATEWAY}' - '${peer.address}', but MAC mismatched`,
        ),
        said(3, peer.authRefusal(), "IKE_AUTH response 1 [ N(AUTH_FAILED) ]"),
      ];
    case 3:
      return [
        ...opening,
        ...[0, ...REPEATS].map((later) => ({ time: begins + 2 * STEP + later, frame: request, lines: [] })),
      ];
    default: {
      const up = `IKE_SA site${number}[${number + 1}] established between ${GATEWAY}[${GATEWAY}]...${peer.address}[${peer.address}]`;
      return [
        ...opening,
        heard(2, request, asked, up),
        said(3, peer.authResponse(), "IKE_AUTH response 1 [ IDr AUTH SA TSi TSr ]"),
      ];
    }
  }
}

function stamp(time: number): string {
  return new Date(time / 1_000).toISOString().slice(0, 23);
}
