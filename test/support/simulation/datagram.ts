import type { Role } from "../../../src/session/model.js";

/** The purpose of a packet: for the oracle, not for ikescope. */
type Purpose =
  | {
      readonly kind: "ike";
      readonly is: string;
      readonly request: object;
      readonly isResponse: boolean;
      readonly isRefusal: boolean;
    }
  | {
      readonly kind: "esp";
      /** All attempts to bring one thing over have the same. */
      readonly attemptsOf: object;
      readonly size: number;
      readonly wantsReply: boolean;
    }
  | { readonly kind: "keepalive" | "icmp" | "other" };

export interface Datagram {
  readonly from: Role;
  /** 0: ESP of its own. */
  readonly port: 0 | 500 | 4500;
  readonly payload: Uint8Array;
  readonly purpose: Purpose;
  readonly arrives: () => void;
}

/** A frame where the sniffer stands. */
export interface SeenFrame {
  readonly time: number;
  readonly from: Role | null;
  readonly bytes: Uint8Array;
  readonly source: string;
  readonly protocol: number;
  readonly ports: readonly number[];
  readonly purpose: Purpose;
}

/** Something on the path that takes packets away. */
export interface Obstacle {
  readonly from: number;
  readonly until: number;
  /** 0 at the initiator, 1 at the responder. */
  readonly place: number;
  readonly takes: (packet: {
    readonly from: Role;
    readonly port: number;
    readonly protocol: number;
    readonly bytes: number;
  }) => boolean;
}
