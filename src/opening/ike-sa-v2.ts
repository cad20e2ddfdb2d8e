import type { SaPayload } from "../ike/message.js";
import type { Key } from "../secrets/key.js";
import { OpenedFragments } from "./fragments.js";
import type { DirectionKeys } from "./seal-v2.js";
import type { SaSuite } from "./v2-suite.js";

/** Keys that may be those of an IKE SA. */
export interface IkeCandidate {
  /** The key that was given, which they are or come from. */
  readonly key: Key;
  readonly by: string;
  readonly initiator: DirectionKeys | null;
  readonly responder: DirectionKeys | null;
  readonly skD: Uint8Array | null;
  /** The source has the keys of both ends exchanged. */
  readonly isSwapped: boolean;
}

/** The payloads of a request that its response is read with. */
export interface OpenedRequest {
  readonly sa: SaPayload | null;
  readonly nonce: Uint8Array | null;
}

/** An IKEv2 IKE SA as far as the opening of its messages goes. */
export interface IkeSaV2 {
  /** 16 hex digits each. */
  readonly initiatorSpi: string;
  readonly responderSpi: string;
  /** Null where the capture does not hold the negotiation, or names algorithms that cannot be computed. */
  suite: SaSuite | null;
  /** The negotiation was seen. */
  isNegotiated: boolean;
  readonly ni: Uint8Array | null;
  readonly nr: Uint8Array | null;
  /** The IKE SA that this one replaces. */
  readonly parent: IkeSaV2 | null;
  /** The key that opened the last message. */
  fitting: IkeCandidate | null;
  /** The first IKE_AUTH request with a Child SA's offer: with EAP the choice comes many messages later. */
  authRequest: OpenedRequest | null;
  readonly requests: Map<string, OpenedRequest>;
  readonly fragments: OpenedFragments;
  /** Messages that nothing opened, after which no more keys are tried. */
  failures: number;
}

export function newIkeSaV2(
  spis: { readonly initiatorSpi: string; readonly responderSpi: string },
  more: Partial<Pick<IkeSaV2, "suite" | "isNegotiated" | "ni" | "nr" | "parent">> = {},
): IkeSaV2 {
  return {
    ...spis,
    suite: more.suite ?? null,
    isNegotiated: more.isNegotiated ?? false,
    ni: more.ni ?? null,
    nr: more.nr ?? null,
    parent: more.parent ?? null,
    fitting: null,
    authRequest: null,
    requests: new Map(),
    fragments: new OpenedFragments(),
    failures: 0,
  };
}

/** "IKE SA d41c05b406d06c90": as reports name it. */
export function ikeSaText({ initiatorSpi }: Pick<IkeSaV2, "initiatorSpi">): string {
  return `IKE SA ${initiatorSpi}`;
}
