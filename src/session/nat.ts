import { isTranslatedPort } from "./model/queries.js";
import { type Address, addressBytes } from "../bytes/address.js";
import { equalBytes } from "../bytes/hex.js";
import type { IkeMessage } from "../ike/message.js";
import { natDetectionHash, type NatDetectionHash } from "../ike/nat-detection.js";
import { NOTIFY_V2 } from "../ike/registries/notify-v2.js";
import type { Suite } from "../ike/suite.js";
import type { Endpoint, IkeSa, Progress, Role, Sighting, Transmission, Tunnel } from "./model.js";
import { notifiesOf } from "./payloads.js";

/** Whether a NAT detection hash fits the addresses and ports on the wire, at the place of the capture. */
export type HashMatch = "match" | "mismatch" | "absent";

/** The hashes that one side sent about itself (source) and about the other (destination). */
interface SideHashes {
  readonly source: HashMatch;
  readonly destination: HashMatch;
  /** The message that they were compared in. */
  readonly sighting: Sighting | null;
}

export interface NatJudgement {
  /** The peers of the IKE SA whose hashes were compared: another one of the tunnel may have its roles the other way round. */
  readonly addresses: Readonly<Record<Role, Address>>;
  readonly initiator: SideHashes;
  readonly responder: SideHashes;
  /** Whether the initiator is behind NAT; null where the hashes do not say. */
  readonly initiatorBehindNat: boolean | null;
  readonly responderBehindNat: boolean | null;
  /**
   * Both sides' hashes of themselves are wrong and both of the other are right: no single NAT device does that, so
   * UDP encapsulation is forced (or both sides are translated, with the sniffer in the middle).
   */
  readonly forced: boolean;
  /**
   * A side's hash of itself is wrong, the other side's hashes are not in the capture, and its port is that of no NAT: it is behind NAT,
   * or it forces UDP encapsulation.
   */
  readonly mayBeForced: boolean;
}

const NONE: SideHashes = { source: "absent", destination: "absent", sighting: null };

/** The conclusion of a judgement, without the hashes and the frames that they were seen in. */
export type BehindNat = Pick<NatJudgement, "initiatorBehindNat" | "responderBehindNat" | "forced">;

/** Recomputes the NAT detection hashes of an IKE SA's setup (RFC 7296 2.23, RFC 3947 3.2) for the addresses on the wire. */
function judgeNat(sa: IkeSa, progress: Progress, proven: ProvenNat): NatJudgement {
  const initiator = sideHashes(sa, progress, "initiator");
  const responder = sideHashes(sa, progress, "responder");
  const forced =
    initiator.source === "mismatch" &&
    responder.source === "mismatch" &&
    initiator.destination === "match" &&
    responder.destination === "match";
  const unproven = forced && !proven.initiator && !proven.responder;
  const of = (isProven: boolean, own: HashMatch, seenByOther: HashMatch): boolean | null =>
    isProven || (forced ? null : behind(own, seenByOther));
  return {
    addresses: { initiator: sa.initiator.address, responder: sa.responder.address },
    initiator,
    responder,
    initiatorBehindNat: of(proven.initiator, initiator.source, responder.destination),
    responderBehindNat: of(proven.responder, responder.source, initiator.destination),
    forced: unproven,
    mayBeForced:
      (!proven.initiator && initiator.source === "mismatch" && responder.destination === "absent") ||
      (!proven.responder && responder.source === "mismatch" && initiator.destination === "absent"),
  };
}

/** Sides that are behind NAT whatever the hashes say. */
interface ProvenNat {
  readonly initiator: boolean;
  readonly responder: boolean;
}

/**
 * A side's own hash and the other side's hash of it. Where only its own is wrong and the other side's is right, it is
 * translated before the sniffer; its own may also be wrong on purpose.
 */
function behind(own: HashMatch, seenByOther: HashMatch): boolean | null {
  if (own === "mismatch" || seenByOther === "mismatch") return true;
  return own === "match" ? false : null;
}

function sideHashes(sa: IkeSa, progress: Progress, side: Role): SideHashes {
  for (const { request, response } of [...progress.opening, ...progress.authentication]) {
    const transmission = side === "initiator" ? request : response;
    const found = transmission === null ? null : hashesOf(sa, progress.suite, transmission);
    if (found !== null) return found;
  }
  return NONE;
}

function hashesOf(sa: IkeSa, suite: Suite | null, { message, sightings }: Transmission): SideHashes | null {
  const sighting = sightings[0];
  if (sighting === undefined) return null;
  const { source, destination } = carried(sa, message);
  if (source.length + destination.length === 0) return null;
  const hash = sa.majorVersion === 2 ? "sha1" : negotiatedHash(suite);
  if (hash === null) return null;
  const judge = (hashes: readonly Uint8Array[], endpoint: Endpoint): HashMatch => {
    const address = addressBytes(endpoint.address);
    if (hashes.length === 0 || address === null) return "absent";
    const { initiatorSpi, responderSpi } = message.header;
    const expected = natDetectionHash(initiatorSpi, responderSpi, address, endpoint.port, hash);
    return hashes.some((one) => equalBytes(one, expected)) ? "match" : "mismatch";
  };
  return {
    source: judge(source, sighting.source),
    destination: judge(destination, sighting.destination),
    sighting,
  };
}

function carried(
  sa: IkeSa,
  message: IkeMessage,
): { readonly source: readonly Uint8Array[]; readonly destination: readonly Uint8Array[] } {
  if (sa.majorVersion === 2) {
    const of = (type: number): Uint8Array[] =>
      notifiesOf(message)
        .filter(({ notifyType }) => notifyType === type)
        .map(({ data }) => data);
    return {
      source: of(NOTIFY_V2.NAT_DETECTION_SOURCE_IP),
      destination: of(NOTIFY_V2.NAT_DETECTION_DESTINATION_IP),
    };
  }
  // RFC 3947 3.2: the first NAT-D is about the other side, all that follow are about the sender.
  const [destination, ...source] = message.payloads
    .filter((payload) => payload.kind === "natDetection")
    .map(({ hash }) => hash);
  return { source, destination: destination === undefined ? [] : [destination] };
}

/** IKEv1 hash algorithm numbers (RFC 2409 appendix A, RFC 4868) that NAT-D is made with. */
const PHASE1_HASHES: Readonly<Record<number, NatDetectionHash>> = {
  1: "md5",
  2: "sha1",
  4: "sha256",
  5: "sha384",
  6: "sha512",
};

function negotiatedHash(suite: Suite | null): NatDetectionHash | null {
  return PHASE1_HASHES[suite?.hash?.id ?? 0] ?? null;
}

type Setups = readonly { readonly sa: IkeSa; readonly progress: Progress }[];

/** The judgement that was asked for last: several rules ask for one tunnel's, and hashes are dear. */
let last: { readonly setups: Setups; readonly judgement: NatJudgement | null } | null = null;

/** The judgement of the first IKE SA of a tunnel that carries hashes of both sides, else of one; null where none does. */
export function firstJudgement(
  tunnel: Pick<Tunnel, "aliases" | "client">,
  setups: Setups,
): NatJudgement | null {
  if (last?.setups !== setups) last = { setups, judgement: judgementOf(tunnel, setups) };
  return last.judgement;
}

/** The initiator of one of the setups has that address and a port that a NAT device chose: others may keep their own. */
function comesTranslated({ address }: Endpoint, setups: Setups): boolean {
  return setups.some(({ sa: { initiator, startSeen, exchanges } }) => {
    const [first] = exchanges[0]?.request?.sightings ?? [];
    // A TCP client sends from any port.
    const isUdp = first?.transport !== "tcp";
    return startSeen && isUdp && initiator.address === address && isTranslatedPort(initiator);
  });
}

function judgementOf(
  { aliases, client }: Pick<Tunnel, "aliases" | "client">,
  setups: Setups,
): NatJudgement | null {
  const isShared = ({ address }: Endpoint): boolean =>
    address === client?.address ||
    aliases.some(({ standsFor, kind }) => kind === "nat-view" && standsFor === address);
  let partial: NatJudgement | null = null;
  for (const { sa, progress } of setups) {
    const proven = {
      initiator: isShared(sa.initiator) || comesTranslated(sa.initiator, setups),
      responder: isShared(sa.responder),
    };
    const judgement = judgeNat(sa, progress, proven);
    const sides = [judgement.initiator, judgement.responder].filter(({ sighting }) => sighting !== null);
    if (sides.length === 2) return judgement;
    if (sides.length === 1) partial ??= judgement;
  }
  return partial;
}
