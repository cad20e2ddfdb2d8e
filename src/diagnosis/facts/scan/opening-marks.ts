import type { IkeMessage, SaPayload, Transform } from "../../../ike/message.js";
import { PHASE1_ATTRIBUTE } from "../../../ike/registries/attributes-v1.js";
import { ENCR, INTEG, TRANSFORM_TYPE } from "../../../ike/registries/transforms-v2.js";
import { cutOfferV1 } from "../../../ike/payloads/sa/cut.js";
import { saOf } from "../../../session/payloads.js";
import type { Setup } from "../../setup.js";

/**
 * Payloads of a first message that announces nothing: no vendor ID, no notify, no NAT detection, no request for a
 * certificate. ike-scan, nmap and zgrab send these alone; daemons announce their extensions, old and simple ones excepted.
 */
const BARE: ReadonlySet<string> = new Set(["sa", "sa,ke,nonce,identification", "sa,ke,nonce"]);

/**
 * The offer of the first message of a setup, if it announces nothing and the initiator said no more; null for any other. Of main mode 1
 * a short snap length may leave no more than the first transforms.
 */
export function bareOpening({ sa, progress }: Setup): SaPayload | null {
  const { opening, authentication, quick, later } = progress;
  const [first] = opening;
  const isAlone =
    opening.length === 1 &&
    authentication.length + quick.length + sa.unkept === 0 &&
    later.every(({ startedBy }) => startedBy === "responder");
  if (!isAlone || first?.request == null) return null;
  return isBare(first.request.message) ? saOf(first.request) : cutOfferV1(first.request.message);
}

/** Whether the first message of a setup announces nothing, whatever became of the setup. */
export function beginsBare({ progress }: Setup): boolean {
  const message = progress.opening[0]?.request?.message;
  return message !== undefined && (isBare(message) || cutOfferV1(message) !== null);
}

function isBare({ payloads, problem }: IkeMessage): boolean {
  return problem === null && BARE.has(payloads.map(({ kind }) => kind).join(","));
}

/**
 * Whether an offer tries all the algorithms that any old gateway may have: DES and 3DES, each with MD5 and with SHA-1, in one
 * proposal (IKEv1; ike-scan's default, and what nmap asks UDP 500 for), or DES beside other ciphers with MD5 and SHA-1 (IKEv2).
 * In IKEv1 the attributes must stand in the scanners' order too.
 */
export function isSweep(offer: SaPayload): boolean {
  const [proposal, ...others] = offer.proposals;
  if (proposal === undefined || others.length > 0) return false;
  const { transforms } = proposal;
  if (offer.doi === null) return sweepsV2(transforms);
  if (!isInScannersOrder(offer)) return false;
  const pairs = new Set(transforms.map(({ attributes: [encryption, hash] }) => pair(encryption, hash)));
  return SWEPT_V1.every((one) => pairs.has(one));
}

/** Values of DES_CBC and 3DES_CBC, MD5 and SHA1 (RFC 2409 appendix A). */
const SWEPT_V1: readonly string[] = ["1 1", "1 2", "5 1", "5 2"];

const pair = (one: { value: number | null } | undefined, other: typeof one): string =>
  `${one?.value ?? ""} ${other?.value ?? ""}`;

function sweepsV2(transforms: readonly Transform[]): boolean {
  const offered = (type: number): number[] =>
    transforms.filter((one) => one.type === type).map(({ id }) => id);
  const [ciphers, checks] = [offered(TRANSFORM_TYPE.ENCR), offered(TRANSFORM_TYPE.INTEG)];
  return (
    ciphers.includes(ENCR.ENCR_DES) &&
    ciphers.some((id) => id !== ENCR.ENCR_DES) &&
    checks.includes(INTEG.AUTH_HMAC_MD5_96) &&
    checks.includes(INTEG.AUTH_HMAC_SHA1_96)
  );
}

const { ENCRYPTION_ALGORITHM, HASH_ALGORITHM, AUTHENTICATION_METHOD, GROUP_DESCRIPTION } = PHASE1_ATTRIBUTE;

/** ike-scan and nmap begin each transform so; of the daemons isakmpd alone does: the others have the lifetime first, or the group third. */
const SCANNERS_ORDER: readonly number[] = [
  ENCRYPTION_ALGORITHM,
  HASH_ALGORITHM,
  AUTHENTICATION_METHOD,
  GROUP_DESCRIPTION,
];

/** Whether the attributes of each transform stand in the order in which scanners write them; never in IKEv2, which has none. */
export function isInScannersOrder({ doi, proposals }: SaPayload): boolean {
  const transforms = proposals.flatMap((proposal) => proposal.transforms);
  return (
    doi !== null &&
    transforms.length > 0 &&
    transforms.every(({ attributes }) => SCANNERS_ORDER.every((type, at) => attributes[at]?.type === type))
  );
}
