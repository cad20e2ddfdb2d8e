import type { Micros } from "../../bytes/time.js";
import { EXCHANGE_V2 } from "../../ike/registries/exchanges.js";
import type { Exchange } from "../../session/model.js";
import { firstTimeOf } from "../../session/progress.js";
import type { TunnelContext, TunnelRule } from "../context.js";
import { evidenceOf } from "../evidence.js";
import { deleteIkeLength } from "../../session/short-messages.js";
import { type UpSetup, completeSetups, lastExchange, setupEvidence } from "../setups.js";
import { canonical } from "../unanswered.js";

/** Doubled children live side by side for longer than a rekey takes to delete the old one. */
const SIDE_BY_SIDE = 10_000_000;
/** Who notices a doubled IKE SA deletes it within this time; NO_ADDITIONAL_ADDRESSES, which is as long, comes at once. */
const SOON = { least: 5_000_000, most: 60_000_000 } as const;

/** Both sides begin an IKE SA before the other one's is up, and both come up. */
export const simultaneousInitiation: TunnelRule = (context) => {
  const setups = completeSetups(context);
  const crossed = setups.flatMap((one) => {
    const other = setups.find((two) => crosses(one, two));
    return other === undefined ? [] : [[one, other] as const];
  });
  const [first] = crossed;
  if (first === undefined) return null;
  const [one, other] = first;
  const doubled = isDoubled(context, Math.min(one.sa.firstTime, other.sa.firstTime));
  const isSolved = !doubled && crossed.every((pair) => pair.some(isDeletedSoon));
  return {
    code: "simultaneous-initiation",
    ...(isSolved ? { severity: "info" as const } : {}),
    confidence: "certain",
    provenance: "observed",
    phase: "IKE_SA_INIT",
    headline: `both sides began a setup at the same time, and both came up${doubled ? ": the tunnel is there twice" : ""}`,
    summary: `${one.sa.initiator.address} and ${other.sa.initiator.address} each began a setup before the other's was done, and both succeeded: two IKE SAs between the same peers. ${doubled ? "Several pairs of SPIs carry traffic at the same time, so requests and answers may take different ones." : isSolved ? "One of them was deleted soon, as it should be." : "Each has children of its own; where both stay, requests and answers may take different ones."}`,
    evidence: setupEvidence([one, other], "a setup begins"),
  };
};

function crosses(one: UpSetup, two: UpSetup): boolean {
  return (
    one.sa.initiator.address !== two.sa.initiator.address &&
    one.sa.firstTime <= two.sa.firstTime &&
    two.sa.firstTime < one.upAt
  );
}

/** The IKE SA ends with a message that can only be its delete, soon after it came up: the peers put the doubling right. */
function isDeletedSoon({ sa, progress, upAt }: UpSetup): boolean {
  const last = lastExchange(sa);
  if (last?.request == null || last.response === null || !progress.later.includes(last)) return false;
  const age = firstTimeOf(last.request) - upAt;
  const { fits, certain } = deleteIkeLength(last.request.message, progress.suite);
  return (
    last.exchangeType === EXCHANGE_V2.INFORMATIONAL &&
    fits &&
    certain &&
    age >= SOON.least &&
    age <= SOON.most
  );
}

/** Each direction has two streams, with SPIs that began after `time`, that live side by side. */
function isDoubled({ tunnel }: TunnelContext, time: Micros): boolean {
  const streams = tunnel.streams.filter(({ firstTime }) => firstTime >= time);
  const sources = new Set(
    streams
      .filter((one) =>
        streams.some(
          (two) =>
            two.source === one.source &&
            two.destination === one.destination &&
            two.spi !== one.spi &&
            Math.min(one.lastTime, two.lastTime) - Math.max(one.firstTime, two.firstTime) >= SIDE_BY_SIDE,
        ),
      )
      .map(({ source }) => canonical(tunnel, source)),
  );
  return sources.size > 1;
}

/** CREATE_CHILD_SA of both sides are under way at the same time (RFC 7296 2.8.1). */
export const rekeyCollision: TunnelRule = ({ setups }) => {
  const collisions = setups.flatMap(({ sa, progress }) => {
    if (sa.majorVersion !== 2) return [];
    const rekeys = progress.later.filter(
      ({ exchangeType, request, response }) =>
        exchangeType === EXCHANGE_V2.CREATE_CHILD_SA && request !== null && response !== null,
    );
    return rekeys.flatMap((one) => {
      const other = rekeys.find((two) => overlaps(one, two));
      return other === undefined ? [] : [[one, other] as const];
    });
  });
  const last = collisions.at(-1);
  if (last === undefined) return null;
  const [one, other] = last;
  return {
    code: "rekey-collision",
    confidence: "likely",
    provenance: "observed",
    phase: "CREATE_CHILD_SA",
    headline: `both sides rekey at the same time (${collisions.length === 1 ? "once" : `${collisions.length} times`})`,
    summary: `CREATE_CHILD_SA of one side was sent before that of the other was answered${collisions.length === 1 ? "" : `, ${collisions.length} times`}. The protocol solves that, but not every daemon does it well: doubled or missing children follow.`,
    evidence: [
      ...evidenceOf(one.request, "CREATE_CHILD_SA request of one side", 1),
      ...evidenceOf(other.request, "CREATE_CHILD_SA request of the other side, before the answer", 1),
    ],
  };
};

function overlaps(one: Exchange, two: Exchange): boolean {
  const [askedFirst, askedSecond] = [firstTimeOf(one.request), firstTimeOf(two.request)];
  return (
    one.startedBy !== two.startedBy && askedFirst <= askedSecond && askedSecond < firstTimeOf(one.response)
  );
}
