import type { PayloadFrame } from "../frame.js";

/** TSi, TSr (RFC 7296 3.13). */
export interface TrafficSelectorsPayload extends PayloadFrame {
  readonly kind: "trafficSelectors";
  readonly selectors: readonly TrafficSelector[];
}

/** One traffic selector by its form; `type` says which (RFC 7296 3.13.1). */
export type TrafficSelector = AddressRangeSelector | FibreChannelSelector | OtherSelector;

/** TS_IPV4_ADDR_RANGE and TS_IPV6_ADDR_RANGE. */
export interface AddressRangeSelector {
  readonly form: "addressRange";
  readonly type: number;
  /** IP protocol, 0 for any. */
  readonly protocol: number;
  /** Ports; of ICMP, type and code in one number (RFC 7296 3.13.1). */
  readonly startPort: number;
  readonly endPort: number;
  /** 4 or 16 bytes. */
  readonly start: Uint8Array;
  readonly end: Uint8Array;
}

/** TS_FC_ADDR_RANGE (RFC 4595 4.4). */
export interface FibreChannelSelector {
  readonly form: "fibreChannel";
  readonly type: number;
  /** 24-bit addresses. */
  readonly start: number;
  readonly end: number;
  readonly startRoutingControl: number;
  readonly endRoutingControl: number;
  readonly startType: number;
  readonly endType: number;
}

/** TS_SECLABEL (RFC 9478 2), and any type that is not known. */
export interface OtherSelector {
  readonly form: "other";
  readonly type: number;
  /** The second byte: reserved in TS_SECLABEL, the protocol in most. */
  readonly protocol: number;
  /** Behind the selector length. */
  readonly data: Uint8Array;
}
