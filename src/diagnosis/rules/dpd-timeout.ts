import { humanDuration, type Micros } from "../../bytes/time.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../../ike/registries/exchanges.js";
import type { Exchange, Sighting, Transmission } from "../../session/model.js";
import { firstSighting, firstTimeOf, lastSighting, lastTimeOf } from "../../session/progress.js";
import { mayBeLivenessCheck } from "../../session/short-messages.js";
import type { Setup, TunnelContext, TunnelRule } from "../context.js";
import { evidenceAt, evidenceOf, triesText } from "../evidence.js";
import type { Evidence, Verdict } from "../finding.js";
import { silenceAfter } from "../silence.js";
import {
  canonical,
  endsOf,
  isMoved,
  isSeen,
  sendsEspAfter,
  severityOf,
  sideOfSilence,
  sightingsOf,
  type Unanswered,
  unansweredLater,
} from "../unanswered.js";
import { isRefusedByIcmp } from "./icmp.js";
import { isDesync } from "./message-id-desync.js";
import { natMappingExpired } from "./nat-mapping-expired.js";
import { isRestart } from "./peer-restarted.js";

/**
 * IKEv2: a short INFORMATIONAL repeats and is never answered. IKEv1: several INFORMATIONAL of the length of R-U-THERE
 * come from one side, each with its own Message ID, and nothing of the other. Where the silent side begins anew itself,
 * it is `peer-restarted`.
 */
export const dpdTimeout: TunnelRule = (context) => {
  if (isRefusedByIcmp(context) || natMappingExpired(context) !== null) return null;
  const failed = [...inV2(context), ...inV1(context)].filter(({ found }) => !isOther(context, found));
  const last = failed.at(-1);
  return last === undefined ? null : verdict(context, last);
};

/** What other rules say of an unanswered request. */
function isOther(context: TunnelContext, found: Unanswered): boolean {
  return isRestart(context, found) || isMoved(context, found) || isDesync(found);
}

interface Failed {
  readonly found: Unanswered;
  readonly tries: string;
  readonly evidence: readonly Evidence[];
}

function inV2(context: TunnelContext): Failed[] {
  return unansweredLater(
    context,
    ({ exchangeType }, request, { sa, progress }) =>
      sa.majorVersion === 2 &&
      exchangeType === EXCHANGE_V2.INFORMATIONAL &&
      mayBeLivenessCheck(request.message, progress.suite),
  ).map((found) => ({
    found,
    tries: triesText(found.request),
    evidence: evidenceOf(found.request, "liveness check (short INFORMATIONAL request), unanswered"),
  }));
}

/** HASH and R-U-THERE (RFC 3706 5.3) padded to the cipher's block: from MD5 with 3DES to SHA2-512 with AES. */
const V1_LENGTHS = { least: 84, most: 144 } as const;
/** One lost R-U-THERE or acknowledgement is everyday, and so are two in a burst. */
const V1_LEAST = 3;
/** No daemon asks more often in vain before it gives the SA up: who goes on and on wants no answer. */
const V1_MOST = 12;
/** Deletes of several SAs leave at once; liveness checks are seconds apart. Who waits for an answer asks again within minutes. */
const V1_GAP = { least: 900_000, most: 150_000_000 } as const;
/** After the last one the acknowledgement had this long to come. */
const V1_PROOF = 3_000_000;

function inV1(context: TunnelContext): Failed[] {
  return context.setups.flatMap((setup) => {
    const found = setup.sa.majorVersion === 1 ? unacknowledged(context, setup) : null;
    return found === null ? [] : [found];
  });
}

function unacknowledged(context: TunnelContext, setup: Setup): Failed | null {
  const { sa, progress } = setup;
  if (progress.state !== "up" && !(progress.state === "unknown" && !sa.startSeen)) return null;
  const asked = trailingChecks(setup);
  const [first, last] = [asked[0], asked.at(-1)];
  const lastRequest = last?.request;
  if (first === undefined || last === undefined || lastRequest == null) return null;
  if (asked.length < V1_LEAST || asked.length > V1_MOST) return null;
  const [asker, silent] = endsOf(sa, first.startedBy);
  const [firstTry, lastTry] = [firstTimeOf(first.request), lastTimeOf(lastRequest)];
  const seen = lastSighting(lastRequest);
  const others = sightingsOf(sa).filter(
    ({ source }) => canonical(context.tunnel, source.address) === silent.address,
  );
  if (others.some(({ time }) => time >= firstTry) || !isSeen(context, silent.address)) return null;
  if (seen === undefined || silenceAfter(context, seen) < V1_PROOF || isReplaced(context, setup, firstTry))
    return null;
  const gap = (lastTry - firstTry) / (asked.length - 1);
  const due = lastTry + gap * 2;
  const found: Unanswered = {
    setup,
    exchange: last,
    request: lastRequest,
    asker,
    silent,
    firstTry,
    lastTry,
    gaveUpAt: silenceAfter(context, seen) >= due - lastTry ? due : null,
  };
  const shown = [...asked.slice(0, 3), ...asked.slice(3).slice(-1)];
  return {
    found,
    tries: `${asked.length} in ${humanDuration(lastTry - firstTry)}`,
    evidence: shown.flatMap(({ request }) => {
      const sighting = firstSighting(request);
      return sighting === undefined
        ? []
        : [evidenceAt(sighting, "INFORMATIONAL of the length of R-U-THERE, not acknowledged")];
    }),
  };
}

/** The last messages of the SA, as long as they are checks of one side and of one length. */
function trailingChecks({ sa }: Setup): Exchange[] {
  const last = sa.exchanges.at(-1);
  if (last === undefined || !isCheck(last)) return [];
  const checks: Exchange[] = [];
  for (const exchange of sa.exchanges.toReversed()) {
    const next: Exchange = checks[0] ?? last;
    if (!isCheck(exchange) || exchange.startedBy !== last.startedBy) break;
    if (lengthOf(exchange.request) !== lengthOf(last.request)) break;
    const gap = firstTimeOf(next.request) - firstTimeOf(exchange.request);
    if (exchange !== last && (gap < V1_GAP.least || gap > V1_GAP.most)) break;
    checks.unshift(exchange);
  }
  return checks;
}

function isCheck({ exchangeType, request }: Exchange): boolean {
  const length = lengthOf(request);
  const isSecret = request?.message.payloads.some(({ kind }) => kind === "encrypted") === true;
  return (
    exchangeType === EXCHANGE_V1.INFORMATIONAL &&
    isSecret &&
    length >= V1_LENGTHS.least &&
    length <= V1_LENGTHS.most
  );
}

function lengthOf(transmission: Transmission | null): number {
  return transmission?.message.header.length ?? 0;
}

/** IKEv1 answers on whichever phase 1 is the newest. */
function isReplaced({ setups }: TunnelContext, { sa }: Setup, time: Micros): boolean {
  return setups.some(
    (other) =>
      other.sa.id !== sa.id &&
      other.progress.upAt !== null &&
      other.progress.upAt > sa.firstTime &&
      other.progress.upAt <= time,
  );
}

function verdict(context: TunnelContext, { found, tries, evidence }: Failed): Verdict {
  const { asker, silent, lastTry, gaveUpAt, setup } = found;
  const stillSends = sendsEspAfter(context, silent.address, lastTry);
  const lastHeard = lastOf(sightingsOf(setup.sa), silent.address);
  return {
    code: "dpd-timeout",
    ...severityOf(context, found),
    confidence: "likely",
    provenance: "deduced",
    phase: "INFORMATIONAL",
    headline: stillSends
      ? `${silent.address} stops answering liveness checks on IKE (${tries}), while its ESP still comes in`
      : `${silent.address} stops answering: liveness checks of ${asker.address} are in vain (${tries})`,
    summary:
      `The tunnel was up. ${asker.address} asks whether ${silent.address} is alive (${tries}), and no answer comes` +
      `${lastHeard === null ? "" : `; the last IKE message of ${silent.address} was ${humanDuration(found.firstTry - lastHeard)} before`}. ` +
      (stillSends
        ? "ESP of the silent side still comes in, so the peer and the path live and only the IKE path is cut; the tunnel is torn down when the checks give up. "
        : "No ESP of the silent side comes in either. ") +
      (gaveUpAt === null ? "The capture ends while the checks go on. " : "") +
      sideOfSilence(context, found),
    evidence,
    rivals: [
      {
        code: "sa-deleted-by-peer",
        separatedBy: `the log of ${silent.address}: whether it had removed the SA before, so that it ignores the checks`,
      },
      {
        code: "path-lost",
        separatedBy: `a capture at ${silent.address}: whether the checks arrive there, and answers leave`,
      },
    ],
  };
}

function lastOf(sightings: readonly Sighting[], address: string): Micros | null {
  const times = sightings.filter(({ source }) => source.address === address).map(({ time }) => time);
  return times.length === 0 ? null : Math.max(...times);
}
