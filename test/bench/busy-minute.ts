import { NOTIFY_V2 } from "../../src/ike/registries/notify-v2.js";
import { CaptureFile } from "./capture-file.js";
import { again } from "./ike-frames.js";
import { NOON, Peer } from "./shapes/peer.js";

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const ROUND_TRIP = 20_000;
/** Seconds from a request to its repetitions, as strongSwan waits. */
const TRIES = [4, 11.2, 24.2, 47.5];
/** Peers whose setup fails, spread over the minute. */
export const FAILING = 32;

type Put = (time: number, frame: Uint8Array) => void;

/** `setups` setups within a minute, of which {@link FAILING} fail in one of three ways by turns. */
export function writeBusyMinute(path: string, setups: number): void {
  const records: (readonly [time: number, frame: Uint8Array])[] = [];
  const put: Put = (time, frame) => void records.push([Math.round(time), frame]);
  const every = Math.floor(setups / FAILING);
  for (let number = 0; number < setups; number++) {
    const time = NOON + (number * MINUTE) / setups;
    const peer = new Peer(number);
    const kind = FAILURES[Math.floor(number / every) % FAILURES.length];
    const fails = number % every === every - 1 && number < every * FAILING;
    if (fails && kind !== undefined) kind(peer, time, put);
    else [...openingOf(peer), peer.authRequest(), peer.authResponse()].forEach(spread(time, put));
  }
  const file = new CaptureFile(path);
  for (const [time, frame] of records.toSorted(([one], [other]) => one - other)) file.add(time, frame);
  file.close();
}

const openingOf = (peer: Peer): Uint8Array[] => [peer.openingRequest(), peer.openingResponse()];

const spread =
  (time: number, put: Put) =>
  (frame: Uint8Array, index: number): void =>
    put(time + index * ROUND_TRIP, frame);

function inVain(request: Uint8Array, time: number, put: Put): void {
  put(time, request);
  for (const after of TRIES) put(time + after * SECOND, again(request));
}

const FAILURES: readonly ((peer: Peer, time: number, put: Put) => void)[] = [
  (peer, time, put) => inVain(peer.openingRequest(), time, put),
  (peer, time, put) => {
    openingOf(peer).forEach(spread(time, put));
    inVain(peer.authRequest(), time + 2 * ROUND_TRIP, put);
  },
  (peer, time, put) =>
    [peer.openingRequest(), peer.refusal(NOTIFY_V2.NO_PROPOSAL_CHOSEN)].forEach(spread(time, put)),
];
