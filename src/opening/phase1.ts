import type { FrameRef } from "../bytes/frame.js";
import type { IkeKeysV1 } from "../secrets/key.js";
import type { Phase1Suite } from "./v1-suite.js";

/** A public value of a phase 1 and who sent it. */
interface PublicValue {
  readonly from: string;
  readonly data: Uint8Array;
}

/** A quick mode as far as it is open. */
interface OpenQuickMode {
  request: QuickModePart | null;
  isDone: boolean;
}

export interface QuickModePart {
  readonly nonce: Uint8Array;
  readonly spi: Uint8Array;
}

/** Messages after the phase 1, each chain of them by its Message ID (RFC 2409 5.5, appendix B). */
export interface MessageChain {
  /** The IV of its next message: the last block of the one before. */
  iv: Uint8Array;
  /** IVs by what was opened with them, so that a retransmission is opened as it was. */
  readonly seen: Map<string, Uint8Array>;
  readonly quickMode: OpenQuickMode;
}

/** A message of phase 1 itself that no key opened, with the IV that it has. */
interface Unopened {
  readonly frame: FrameRef;
  readonly iv: Uint8Array;
  readonly body: Uint8Array;
  readonly innerType: number;
}

/** An IKEv1 phase 1 as far as the opening of its messages goes. */
export interface Phase1 {
  readonly initiatorCookie: string;
  readonly responderCookie: string;
  suite: Phase1Suite | null;
  readonly publicValues: PublicValue[];
  /** The chain of phase 1 itself; null while its first IV is not known. */
  chain: MessageChain | null;
  /** With what the chain of phase 1 began. */
  firstIv: Uint8Array | null;
  readonly chains: Map<number, MessageChain>;
  key: IkeKeysV1 | null;
  /** The key of the other side, where the two differ: then each opens the messages of its own side alone. */
  otherKey: IkeKeysV1 | null;
  otherFailures: number;
  /** The first one, for the key of the other side to be tried on it. */
  unopened: Unopened | null;
  failures: number;
}

export function newChain(iv: Uint8Array): MessageChain {
  return { iv, seen: new Map(), quickMode: { request: null, isDone: false } };
}
