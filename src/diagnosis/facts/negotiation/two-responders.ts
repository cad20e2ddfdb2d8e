import type { Micros } from "../../../bytes/time.js";
import type { Exchange, Sighting, Transmission } from "../../../session/model.js";
import { saOf } from "../../../session/payloads.js";
import { firstSighting, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { type Message, say } from "../../../texts/message.js";

/** A responder keeps its answer for as long as it keeps a half-open IKE SA, and gives the same one to each try. */
export const HALF_OPEN_TIME: Micros = 30_000_000;
/** No daemon ends, starts and listens again within this time. */
const RESTART_TIME: Micros = 500_000;

/** One IKE_SA_INIT request that was accepted twice, under two responder SPIs. */
export interface TwoAnswers {
  /** The setup that holds the request, and the first answer. */
  readonly setup: Setup;
  readonly exchange: Exchange;
  readonly first: Transmission;
  readonly second: Transmission;
  /** The signs that two hosts answered, and not one before and after its restart; a phrase each. */
  readonly signs: readonly Message[];
  /** All setups under this initiator SPI. */
  readonly all: readonly Setup[];
}

/**
 * Requests that were accepted under two SPIs. COOKIE and INVALID_KE_PAYLOAD are no acceptance, and what follows them is
 * another request. A daemon that restarts between two tries looks alike: without a sign of two hosts none is told.
 */
export function answeredTwice({ setups }: TunnelContext): TwoAnswers[] {
  const pairs = setups.flatMap((setup) => {
    const { sa, progress } = setup;
    const [exchange] = progress.opening;
    if (!sa.startSeen || sa.majorVersion !== 2 || progress.opening.length !== 1) return [];
    const first = exchange?.response;
    if (exchange === undefined || first == null || saOf(first) === null) return [];
    const all = setups.filter(
      (other) => other.sa.initiatorSpi === sa.initiatorSpi && other.sa.majorVersion === 2,
    );
    const second = all.map((other) => strayAnswer(other, setup)).find((answer) => answer !== null);
    return second == null || !isSoonAfter(first, second) ? [] : [{ setup, exchange, first, second, all }];
  });
  return pairs.flatMap((pair) => {
    const signs = signsOf(pair.first, pair.second, pairs.length);
    return signs.length === 0 ? [] : [{ ...pair, signs }];
  });
}

/** The acceptance that opened an IKE SA without a request of its own. */
function strayAnswer({ sa, progress }: Setup, than: Setup): Transmission | null {
  const [exchange] = progress.opening;
  if (sa.id === than.sa.id || exchange === undefined || exchange.request !== null) return null;
  return saOf(exchange.response) === null ? null : exchange.response;
}

function isSoonAfter(first: Transmission, second: Transmission): boolean {
  const [one, other] = [firstSighting(first), firstSighting(second)];
  return one !== undefined && other !== undefined && Math.abs(other.time - one.time) < HALF_OPEN_TIME;
}

function signsOf(first: Transmission, second: Transmission, pairs: number): Message[] {
  const [one, other] = [firstSighting(first), firstSighting(second)];
  if (one === undefined || other === undefined) return [];
  const signs: Message[] = [];
  if (one.ttl !== other.ttl) signs.push(say`their TTLs differ (${one.ttl} and ${other.ttl})`);
  if (lastTimeOf(first) > other.time) signs.push("the first SPI comes again after the second");
  if (Math.abs(other.time - one.time) < RESTART_TIME) signs.push("no daemon restarts between the two");
  if (pairs > 1) signs.push(say`it happens in ${pairs} attempts`);
  return signs;
}

/** Steps of one host's counter; many hosts count packets per destination. */
const RUN_STEP = 256;
const RUNS_APART = 4096;

/**
 * Whether the IPv4 identifications of two groups of packets count up in two places: each is a run of its own, far from
 * the other. Hosts that choose them at random, or leave them zero, tell nothing.
 */
export function identificationRunsDiffer(one: readonly Sighting[], other: readonly Sighting[]): boolean {
  const [a, b] = [runOf(one), runOf(other)];
  return a !== null && b !== null && distance(a, b) > RUNS_APART;
}

function runOf(sightings: readonly Sighting[]): number | null {
  const ids = sightings.map(({ identification }) => identification);
  const isRun =
    ids.length > 1 && ids.every((id, at) => id !== 0 && distance(id, ids[at - 1] ?? id) < RUN_STEP);
  return isRun ? (ids[0] ?? null) : null;
}

function distance(a: number, b: number): number {
  const apart = Math.abs(a - b);
  return Math.min(apart, 0x1_0000 - apart);
}

/** When the last message of these setups was seen. */
export function lastOf(setups: readonly Setup[]): Sighting | undefined {
  return setups
    .flatMap(({ sa }) => sa.exchanges.flatMap(({ request, response }) => [request, response]))
    .map((transmission) => lastSighting(transmission))
    .filter((sighting) => sighting !== undefined)
    .toSorted((a, b) => a.time - b.time)
    .at(-1);
}
