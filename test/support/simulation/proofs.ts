import type { Role } from "../../../src/session/model.js";
import type { SeenFrame } from "./datagram.js";
import type { Recording } from "./recording.js";

/** Attempts of one request, and how long they lasted, that no path with a little loss explains. */
const ATTEMPTS = 4;
const ATTEMPTS_SECONDS = 10;
/** Packets that want a reply, and how long they went on without one, after both sides sent. */
const ONE_WAY_PACKETS = 15;
const ONE_WAY_SECONDS = 10;
const BOTH_WAYS_PACKETS = 5;
const LARGE = 1200;
/** Frames cut shorter lack the IKE header: Ethernet, IP, UDP, non-ESP marker, header. */
const IKE_HEADER_END = 14 + 20 + 8 + 4 + 28;

export type Proof = "unanswered request" | "refusal" | "one way" | "large packets repeated";

/** Proofs of a fault in these frames, by their sizes, kinds and times alone. */
export function proofs(frames: readonly SeenFrame[], { snapLength, filter }: Recording): readonly Proof[] {
  const isBlindToOneSide = filter.startsWith("src");
  const showsIke = snapLength === 0 || snapLength >= IKE_HEADER_END;
  const found: Proof[] = [];
  if (isBlindToOneSide) return [];
  if (showsIke && hasRefusal(frames)) found.push("refusal");
  if (showsIke && hasUnanswered(frames)) found.push("unanswered request");
  if (isOneWayAtLast(frames)) found.push("one way");
  if (repeatsLarge(frames)) found.push("large packets repeated");
  return found;
}

/**
 * An error notify; of IKEv1 only where no Quick Mode is answered behind it; of a rekey only where the setup before it tells the lengths of the suite, and no other rekey succeeds: lengths do
 * not always tell whose the refused one was.
 */
function hasRefusal(frames: readonly SeenFrame[]): boolean {
  const ike = frames.flatMap(({ purpose }) => (purpose.kind === "ike" ? [purpose] : []));
  const isSuiteKnown = ike.some(({ is }) => is === "init");
  const isRenewed = ike.some(({ is, isResponse }) => isResponse && is.startsWith("rekey"));
  const lastQuickMode = ike.findLastIndex(({ is }) => is === "quick-2");
  return ike.some(({ isRefusal, is }, index) => {
    if (!isRefusal || is === "v1") return isRefusal && index > lastQuickMode;
    return is !== "refused" || (isSuiteKnown && !isRenewed);
  });
}

/** A request that was repeated again and again, and whose receiver sends nothing from then on. */
function hasUnanswered(frames: readonly SeenFrame[]): boolean {
  const senders = new Set(
    frames.flatMap(({ from, purpose }) => (from === null || purpose.kind === "icmp" ? [] : [from])),
  );
  // Nothing shows that the sniffer sees both directions.
  if (senders.size < 2 && !frames.some(({ ports }) => ports.includes(500))) return false;
  const requests = new Map<object, SeenFrame[]>();
  const answered = new Set<object>();
  for (const frame of frames) {
    const { purpose } = frame;
    if (purpose.kind !== "ike") continue;
    if (purpose.isResponse) answered.add(purpose.request);
    else requests.set(purpose.request, [...(requests.get(purpose.request) ?? []), frame]);
  }
  return [...requests].some(([request, attempts]) => {
    const [first, last] = [attempts[0], attempts.at(-1)];
    if (answered.has(request) || first === undefined || last === undefined) return false;
    const times = new Set(attempts.map(({ time }) => Math.round(time * 2)));
    const isSilent = !frames.some(
      (one) => one.time > first.time && one.from !== first.from && one.from !== null,
    );
    return isSilent && times.size >= ATTEMPTS && last.time - first.time >= ATTEMPTS_SECONDS;
  });
}

function isOneWayAtLast(frames: readonly SeenFrame[]): boolean {
  const esp = frames.filter(({ purpose }) => purpose.kind === "esp");
  return (["initiator", "responder"] as const).some((silent: Role) => {
    const own = esp.filter(({ from }) => from === silent);
    const last = own.at(-1)?.time ?? Infinity;
    const others = esp.filter(({ from }) => from !== silent);
    const asked = others.filter(
      ({ time, purpose }) => time > last && purpose.kind === "esp" && purpose.wantsReply,
    );
    const [first, end] = [asked[0], asked.at(-1)];
    return (
      own.length >= BOTH_WAYS_PACKETS &&
      others.length - asked.length >= BOTH_WAYS_PACKETS &&
      asked.length >= ONE_WAY_PACKETS &&
      first !== undefined &&
      end !== undefined &&
      end.time - first.time >= ONE_WAY_SECONDS
    );
  });
}

function repeatsLarge(frames: readonly SeenFrame[]): boolean {
  const attempts = new Map<object, Set<number>>();
  for (const { purpose, time } of frames) {
    if (purpose.kind !== "esp" || purpose.size < LARGE || !purpose.wantsReply) continue;
    const times = attempts.get(purpose.attemptsOf) ?? new Set();
    attempts.set(purpose.attemptsOf, times.add(Math.round(time * 20)));
  }
  return [...attempts.values()].some(({ size }) => size > ATTEMPTS);
}

/** Seconds at the end of a recording, and packets of each side in them, that show a tunnel at work. */
const LAST_SECONDS = 15;
const LAST_PACKETS = 5;
/** A packet that wants a reply has one of the other side near it. */
const REPLY_SECONDS = 2;

/** Whether ESP goes both ways at the end, and after the fault began, and the last packets that want a reply are answered. */
export function worksAtLast(frames: readonly SeenFrame[], faultAt: number): boolean {
  const from = Math.max(faultAt, (frames.at(-1)?.time ?? 0) - LAST_SECONDS);
  const last = frames.filter(({ time, purpose }) => purpose.kind === "esp" && time > from + REPLY_SECONDS);
  const asked = last
    .filter(({ purpose }) => purpose.kind === "esp" && purpose.wantsReply)
    .slice(-LAST_PACKETS);
  return (
    (["initiator", "responder"] as const).every(
      (role: Role) => last.filter(({ from }) => from === role).length >= LAST_PACKETS,
    ) &&
    asked.every(({ time, from }) =>
      last.some((one) => one.from !== from && Math.abs(one.time - time) < REPLY_SECONDS),
    )
  );
}
