import type { Endpoint, Role } from "../../../src/session/model.js";
import { notify } from "../ike/payloads-v2.js";
import {
  cookieDemand,
  CHILD_REFUSED,
  createChild,
  createChildAnswer,
  fragmented,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  INNER,
  type Message,
  noProposalChosen,
  type SuiteName,
  SUITES,
} from "../scenario/index.js";
import type { IkeMessage } from "./exchange.js";

/** How big messages are, and what IKE_SA_INIT announces. */
export interface Shape {
  readonly suite: SuiteName;
  readonly hasCertificates: boolean;
  /** Both sides know IKE fragmentation. */
  readonly fragments: boolean;
  /** Bytes of the KE payload where Child SAs have perfect forward secrecy; else 0. */
  readonly pfs: number;
}

const FRAGMENTATION_SUPPORTED = 16430;
const SIGNATURE_HASH_ALGORITHMS = 16431;
const WITH_CERTIFICATES = 1900;
const FRAGMENTS = 4;
const IKE_AUTH = 35;
/** The KE payload that the builders of IKE_SA_INIT make. */
export const KEY_EXCHANGE = 8 + 256;

/** The UDP payloads of a message, without the non-ESP marker. */
export function encode(
  message: IkeMessage,
  sender: Role,
  [own, peer]: readonly [Endpoint, Endpoint],
  shape: Shape,
): readonly Uint8Array[] {
  const { sa } = message;
  const fromInitiator = sender === sa.startedBy;
  const agreed = SUITES[shape.suite];
  return messagesOf(message, shape).map((one) => one.encode({ sa, fromInitiator, own, peer, agreed }));
}

function messagesOf({ sa, id, isResponse, content }: IkeMessage, shape: Shape): readonly Message[] {
  const of = { sa, id };
  const [asks, answers] = [informational, informationalAnswer];
  switch (content.is) {
    case "init": {
      const notifies = [
        notify(SIGNATURE_HASH_ALGORITHMS, { data: Uint8Array.of(0, 2, 0, 3, 0, 4) }),
        ...(shape.fragments ? [notify(FRAGMENTATION_SUPPORTED)] : []),
      ];
      return [
        isResponse
          ? ikeSaInitAnswer({ sa, notifies })
          : ikeSaInit({ sa, notifies, cookie: content.hasCookie }),
      ];
    }
    case "cookie":
      return [cookieDemand({ sa })];
    case "no-proposal":
      return [noProposalChosen({ sa })];
    case "auth":
      return authentication(isResponse, of, shape, 220);
    case "eap-start":
      // IDi, CP, SA, TSi, TSr and some notifies.
      return [ikeAuth({ ...of, inner: 212 })];
    case "eap-request":
      if (content.round > 0) return [ikeAuthAnswer({ ...of, inner: content.bytes })];
      return authentication(isResponse, of, { ...shape, hasCertificates: true }, 60 + content.bytes);
    case "eap-answer":
      return [ikeAuth({ ...of, inner: content.bytes })];
    case "eap-success":
    case "eap-failure":
      return [ikeAuthAnswer({ ...of, inner: INNER.eapSuccess })];
    case "eap-proof":
      return [ikeAuth({ ...of, inner: INNER.auth })];
    case "set-up":
      if (content.isAfterEap) {
        const child = content.child === null ? INNER.bareNotify : 40 + 44 + INNER.selectors;
        return [ikeAuthAnswer({ ...of, inner: INNER.auth + child })];
      }
      return authentication(isResponse, of, shape, content.child === null ? CHILD_REFUSED : 180);
    case "auth-refused":
      return [ikeAuthAnswer({ ...of, inner: INNER.bareNotify })];
    case "rejects":
      return [isResponse ? answers(of) : asks({ ...of, inner: INNER.bareNotify })];
    case "refused":
    case "busy":
      return [createChildAnswer({ ...of, inner: INNER.bareNotify })];
    case "check":
      return [isResponse ? answers(of) : asks(of)];
    case "move":
      // UPDATE_SA_ADDRESSES, both NAT detection hashes, COOKIE2; the answer has the hashes, and COOKIE2.
      return [isResponse ? answers({ ...of, inner: 80 }) : asks({ ...of, inner: 88 })];
    case "delete-ike":
      return [isResponse ? answers(of) : asks({ ...of, inner: INNER.deleteIke })];
    case "delete-child":
      return [
        isResponse ? answers({ ...of, inner: INNER.deleteEsp }) : asks({ ...of, inner: INNER.deleteEsp }),
      ];
    case "rekey-child": {
      const inner = 44 + 36 + 48 + shape.pfs;
      return [isResponse ? createChildAnswer({ ...of, inner }) : createChild({ ...of, inner: inner + 12 })];
    }
    case "rekey-ike": {
      const inner = 56 + 36 + KEY_EXCHANGE;
      return [isResponse ? createChildAnswer({ ...of, inner }) : createChild({ ...of, inner })];
    }
  }
}

/** IKE_AUTH with so many bytes, and certificates where the sender has them. */
function authentication(
  isResponse: boolean,
  of: Pick<IkeMessage, "sa" | "id">,
  { hasCertificates, fragments }: Shape,
  small: number,
): readonly Message[] {
  if (hasCertificates && fragments) return fragmented(IKE_AUTH, isResponse, FRAGMENTS, of);
  const inner = small + (hasCertificates ? WITH_CERTIFICATES : 0);
  return [isResponse ? ikeAuthAnswer({ ...of, inner }) : ikeAuth({ ...of, inner })];
}
