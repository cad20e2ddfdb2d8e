import type { Peer } from "../scenario/peer.js";
import {
  authRefusal,
  ikeAuth,
  ikeSaInit,
  ikeSaInitAnswer,
  type Scenario,
  type ScenarioOptions,
  scenario,
  setsUpBetween,
} from "../scenario/index.js";

/** How many peers of a gateway fail, and of what. All others work. */
export interface Failures {
  /** Peers of 203.0.113.10 and further, whose UDP 4500 is dropped. */
  readonly blocked?: number;
  /** Peers whose pre-shared key differs. */
  readonly wrongKeys?: number;
  /** Peers that get no ESP back. */
  readonly oneWay?: number;
  /** Peers that get no answer at all. */
  readonly unanswered?: number;
  /** Blocked peers are anywhere among the others. */
  readonly scattered?: true;
  /** All peers from this number on fail; at regular distances among all of them where not given. */
  readonly fromNumber?: number;
}

/** Seconds in which all peers set up, in turns, and the retransmissions of a request that nobody answers, as strongSwan waits. */
const SETUPS = 60;
const TRIES = [0, 4, 11.2, 24.2, 47.5];
const FIRST_BLOCKED = 10;
const ENDS = 150;

/** A gateway with `peers` peers behind NAT, which set up within a minute; some of them fail. */
export function partialOutage(
  peers: number,
  failures: Failures = {},
  options: ScenarioOptions = {},
): Scenario {
  const talk = scenario({ floats: true, ...options });
  const gateway = talk.host("192.0.2.1", {}, "responder");
  const { blocked = 0, wrongKeys = 0, oneWay = 0, unanswered = 0 } = failures;
  const kinds: readonly (readonly [number, Fate])[] = [
    [blocked, blockedOn4500],
    [wrongKeys, wrongKey],
    [oneWay, oneWayOnly],
    [unanswered, neverAnswered],
  ];
  const fates = kinds.flatMap(([count, fate]) => Array.from({ length: count }, () => fate));
  // The failing ones come at regular distances among the others.
  const distance = Math.max(1, Math.floor(peers / Math.max(1, fates.length)));
  for (let number = 0; number < peers; number++) {
    const { fromNumber } = failures;
    const isFailing = fromNumber === undefined && number % distance === distance - 1;
    const place =
      fromNumber === undefined ? (isFailing ? Math.floor(number / distance) : -1) : number - fromNumber;
    const fate = fates[place] ?? works;
    const isOfTheNetwork = fate === blockedOn4500 && failures.scattered !== true;
    const address = isOfTheNetwork
      ? `203.0.113.${FIRST_BLOCKED + place}`
      : `20.0.${number >> 8}.${number & 255}`;
    fate({ talk, gateway, peer: talk.host(address), number, from: (SETUPS * number) / peers });
  }
  return talk.endsAt(ENDS);
}

interface Setup {
  readonly talk: Scenario;
  readonly gateway: Peer;
  readonly peer: Peer;
  readonly number: number;
  readonly from: number;
}

type Fate = (setup: Setup) => void;

function works({ talk, gateway, peer, number, from }: Setup): void {
  setsUpBetween(talk, peer, gateway, { from, sa: talk.newSa() });
  for (const second of [1, 2, 3]) {
    talk.between(peer, gateway, from + second).esp({ spi: 0xc100_0000 + number });
    talk.between(gateway, peer, from + second + 0.02).esp({ spi: 0xc200_0000 + number });
  }
}

function blockedOn4500({ talk, gateway, peer, from }: Setup): void {
  const sa = talk.newSa();
  talk.between(peer, gateway, from).sends(ikeSaInit({ sa }));
  talk.between(gateway, peer, from + 0.05).sends(ikeSaInitAnswer({ sa }));
  talk.between(peer, gateway, ...TRIES.map((after) => from + 0.1 + after)).sends(ikeAuth({ sa }));
}

function wrongKey({ talk, gateway, peer, from }: Setup): void {
  const sa = talk.newSa();
  talk.between(peer, gateway, from).sends(ikeSaInit({ sa }));
  talk.between(gateway, peer, from + 0.05).sends(ikeSaInitAnswer({ sa }));
  talk.between(peer, gateway, from + 0.1).sends(ikeAuth({ sa }));
  talk.between(gateway, peer, from + 0.15).sends(authRefusal({ sa }));
}

function oneWayOnly({ talk, gateway, peer, number, from }: Setup): void {
  setsUpBetween(talk, peer, gateway, { from, sa: talk.newSa() });
  for (let second = 1; second <= 60; second++) {
    talk.between(peer, gateway, from + second).esp({ spi: 0xc100_0000 + number });
  }
}

function neverAnswered({ talk, gateway, peer, from }: Setup): void {
  const sa = talk.newSa();
  talk.between(peer, gateway, ...TRIES.map((after) => from + after)).sends(ikeSaInit({ sa }));
}
