import { mayBeOtherClients } from "../session/clients/ports.js";
import type { Address } from "../bytes/address.js";
import type { ChildSa } from "../session/esp/child-sa.js";
import { childrenInUse, olderInUse } from "./facts/esp/children-in-use.js";
import { isMerged, espDirectionsOf } from "./facts/esp/esp-directions.js";
import { type LargeUnanswered, largeUnanswered } from "./facts/esp/large-unanswered.js";
import { type OneWayEnd, oneWayEnd, silentSince } from "./facts/esp/one-way-end.js";
import { type RepeatsAnswered, repeatsAnswered } from "./facts/esp/repeats-answered.js";
import { wouldShowEsp } from "./facts/esp/shows-esp.js";
import { oneSideCaptured } from "./facts/recording/one-side-captured.js";
import { type UnreadEnd, unreadEnd } from "./facts/recording/unread-end.js";
import { isChecked } from "./facts/silence/answered-checks.js";
import { type PendingRequest, pendingRequest } from "./facts/silence/pending-request.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../ike/registries/exchanges.js";
import type { Sighting } from "../session/model.js";
import { mayHoldCertificate } from "../session/progress/auth-class.js";
import type { Setup, TunnelContext } from "./context.js";

/** The packets that show that a tunnel which is up also works. */
export type Proof =
  /** Each Child SA in use has packets both ways. */
  | { readonly kind: "traffic" }
  /** Traffic both ways, older than the IKE SA that is up now: since then of one direction at most. */
  | { readonly kind: "traffic-before"; readonly since: Address | null }
  /** No packet of a Child SA, and liveness checks are answered. */
  | { readonly kind: "checks" }
  /** Packets of a Child SA in one direction so far. */
  | { readonly kind: "one-way"; readonly child: ChildSa }
  /** Traffic both ways, of which one direction alone goes on to the end of the capture. */
  | ({ readonly kind: "one-way-end" } & OneWayEnd)
  /** Traffic both ways, and then IKE messages of one side alone, which the snap length cut too short to read. */
  | ({ readonly kind: "unread-end" } & UnreadEnd)
  /** Traffic both ways, of which the large packets of one direction have no answers, and nearly all smaller ones have. */
  | ({ readonly kind: "large-unanswered" } & LargeUnanswered)
  /** Traffic both ways, of which one side repeats the last packets as TCP does, although each is answered. */
  | ({ readonly kind: "repeats" } & RepeatsAnswered)
  /** A request has no answer so far. */
  | ({ readonly kind: "pending" } & PendingRequest)
  /** The newest IKE SA is not set up, and nothing of the tunnel comes behind its last message. */
  | { readonly kind: "unfinished"; readonly setup: Setup }
  /** Lengths do not tell whether the Child SA was accepted, and no packet of it is there. */
  | { readonly kind: "child-unknown"; readonly setup: Setup }
  /** Only packets of one side are in the capture. */
  | { readonly kind: "one-side"; readonly address: string }
  /** Nothing after the setup. */
  | { readonly kind: "none" };

/** The proof that the tunnel works, or what is missing of it; `isMended` where a finding says that it had failed before. */
export function proofOf(context: TunnelContext, isMended: boolean): Proof {
  const side = oneSideCaptured(context);
  if (side !== null) return { kind: "one-side", address: side.address };
  const pending = pendingRequest(context);
  if (pending !== null) return { kind: "pending", ...pending };
  const unfinished = unfinishedSetup(context);
  if (unfinished !== null) return { kind: "unfinished", setup: unfinished };
  const children = childrenInUse(context);
  const before = isMended && children.length > 0 ? trafficBefore(context) : null;
  if (before?.since === null) return before;
  const halves = children.filter(({ forward, backward }) => forward === null || backward === null);
  const half = halves.find((child) => olderInUse(context, child) === null);
  if (half !== undefined) {
    const silent = silentSince(context, half);
    return silent === null ? { kind: "one-way", child: half } : { kind: "one-way-end", ...silent };
  }
  const lastTime = Math.max(...context.tunnel.streams.map((stream) => stream.lastTime));
  const left = new Set(halves.map((child) => olderInUse(context, child)));
  const ended = children.flatMap((child) =>
    left.has(child) ? [] : (oneWayEnd(context, child, lastTime) ?? []),
  )[0];
  if (ended !== undefined) return { kind: "one-way-end", ...ended };
  if (children.length > 0) {
    const unread = unreadEnd(context);
    if (before !== null) return before;
    if (unread !== null) return { kind: "unread-end", ...unread };
    const large = largeUnanswered(context);
    if (large !== null) return { kind: "large-unanswered", ...large };
    const repeats = repeatsAnswered(context);
    return repeats === null ? { kind: "traffic" } : { kind: "repeats", ...repeats };
  }
  const unknown = context.setups.find(
    ({ progress: { authClass } }) => mayHoldCertificate(authClass) || authClass === "unknown",
  );
  if (unknown !== undefined) return { kind: "child-unknown", setup: unknown };
  // Answered checks show that the IKE SA lives; they show nothing of the traffic if a filter may have left out ESP.
  const after = isMended ? newestSetup(context) : null;
  return isChecked(context, after?.time ?? -Infinity) && wouldShowEsp(context)
    ? { kind: "checks" }
    : { kind: "none" };
}

/**
 * A Child SA before a new setup shows nothing of that one. Null where packets come both ways after it, or it is not known which was
 * first.
 */
function trafficBefore(context: TunnelContext): Extract<Proof, { kind: "traffic-before" }> | null {
  const answer = newestSetup(context);
  if (answer === null) return null;
  const since = espDirectionsOf(context.tunnel).filter(({ lastTime }) => lastTime > answer.time);
  return since.length > 1 ? null : { kind: "traffic-before", since: since[0]?.source ?? null };
}

/** The exchanges that make the first Child SA of an IKE SA. */
const MAKES_CHILD: ReadonlySet<number> = new Set([EXCHANGE_V1.QUICK_MODE, EXCHANGE_V2.IKE_AUTH]);

/** The answer that set up the last IKE SA that is up; null where its setup, or the order of packets, is unknown. */
function newestSetup(context: TunnelContext): Sighting | null {
  if (isMerged(context.capture.files)) return null;
  const up = context.setups.findLast(({ progress }) => progress.state === "up");
  if (up?.sa.startSeen !== true) return null;
  // The proof that it is up may come long after its first Child SA.
  const made = up.sa.exchanges.find(
    ({ exchangeType, response }) => response !== null && MAKES_CHILD.has(exchangeType),
  );
  return made?.response?.sightings[0] ?? null;
}

/** States of a setup whose last message was answered, and of which the next is missing. */
const UNFINISHED: ReadonlySet<Setup["progress"]["state"]> = new Set(["opening-answered", "authenticating"]);

/** A second setup that stops halfway: what the one before it carried shows nothing of the time behind it. */
function unfinishedSetup(context: TunnelContext): Setup | null {
  const [newest] = context.setups.toSorted((a, b) => b.sa.firstTime - a.sa.firstTime);
  if (newest === undefined || !UNFINISHED.has(newest.progress.state)) return null;
  const { sa } = newest;
  const others = context.setups.filter((other) => other !== newest && other.progress.state === "up");
  if (others.length === 0 || others.some((other) => mayBeOtherClients(sa, other.sa))) return null;
  const isLast =
    others.every((other) => other.sa.lastTime <= sa.lastTime) &&
    context.tunnel.streams.every(({ lastTime }) => lastTime <= sa.lastTime);
  return isLast ? newest : null;
}
