import { CaptureFile } from "../capture-file.js";
import { again } from "../ike-frames.js";
import { GATEWAY, NOON, Peer } from "./peer.js";

const SECOND = 1_000_000;
const ROUND_TRIP = 2_000;

/** Two gateways send each of `clients` clients to the other one, four times within seconds. */
export function writeRedirectCircle(path: string, clients: number): void {
  const file = new CaptureFile(path);
  const gateways = [GATEWAY, "192.0.2.2"] as const;
  const records: (readonly [time: number, frame: Uint8Array])[] = [];
  for (let client = 0; client < clients; client++) {
    const start = NOON + client * 3_000;
    for (let attempt = 0; attempt < 4; attempt++) {
      const [own, other] = attempt % 2 === 0 ? gateways : gateways.toReversed();
      const peer = new Peer(client, own);
      const time = start + attempt * SECOND;
      records.push([time, peer.openingRequest(attempt)]);
      records.push([time + ROUND_TRIP, peer.redirect(attempt, other ?? GATEWAY)]);
    }
  }
  for (const [time, frame] of records.toSorted(([one], [other]) => one - other)) file.add(time, frame);
  file.close();
}

/** Seconds from the first try of a setup to the others, and to the next setup, as strongSwan waits. */
const TRIES = [0, 4, 11.2, 24.2, 47.5, 89.5];
const NEXT_SETUP = 165;
const SETUPS = 11;
const OUTAGE = 600;

/** `peers` peers set up within ten minutes; then the gateway is gone, and for half an hour nobody is answered. */
export function writeOutage(path: string, peers: number): void {
  const file = new CaptureFile(path);
  const gap = Math.floor((500 * SECOND) / peers);
  for (let number = 0; number < peers; number++) {
    const time = NOON + number * gap;
    const peer = new Peer(number);
    file.add(time, peer.openingRequest());
    file.add(time + 10, peer.openingResponse());
    file.add(time + 20, peer.authRequest());
    file.add(time + 30, peer.authResponse());
  }
  const spread = Math.floor((3 * SECOND) / peers);
  for (let setup = 0; setup < SETUPS; setup++) {
    const requests = Array.from({ length: peers }, (_, number) => new Peer(number).openingRequest(setup + 1));
    for (const after of TRIES) {
      const time = NOON + (OUTAGE + setup * NEXT_SETUP + after) * SECOND;
      for (const [number, request] of requests.entries()) file.add(time + number * spread, again(request));
    }
  }
  file.close();
}

/** Times that a peer of {@link writeAttempts} sends its one request. */
const ATTEMPTS = 400;

/** `peers` peers that each send one and the same IKE_SA_INIT request 400 times, side by side, and are never answered. */
export function writeAttempts(path: string, peers: number): void {
  const file = new CaptureFile(path);
  const requests = Array.from({ length: peers }, (_, number) => new Peer(number).openingRequest());
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    for (const [number, request] of requests.entries()) {
      file.add(NOON + attempt * 4 * SECOND + number * 1_000, again(request));
    }
  }
  file.close();
}
