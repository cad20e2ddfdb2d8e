import type { Address } from "../../bytes/address.js";
import type { TunnelContext } from "../context.js";
import { canonicalOf } from "./sides.js";

/**
 * Where the sniffer stands, seen from one host. near: at that host, so that what it sends leaves and what comes here reaches it. far:
 * at its peer. both-ends: files of both were read together.
 */
export type Side = "near" | "far" | "both-ends" | "between" | "unknown";

/**
 * The sniffer's place as seen from the host of `address`. From addresses, never from roles: the peer that answered the first IKE SA
 * may begin the next one.
 */
export function sideOf({ tunnel, vantage }: TunnelContext, address: Address): Side {
  const [initiator, responder] = tunnel.addresses;
  switch (vantage.place) {
    case "near-initiator":
      return canonicalOf(tunnel, address) === initiator ? "near" : "far";
    case "near-responder":
      return canonicalOf(tunnel, address) === responder ? "near" : "far";
    case "both-ends":
    case "between":
    case "unknown":
      return vantage.place;
  }
}

/** The sniffer stands at the host of `address`, so far as that can be told. */
export function isNear(context: TunnelContext, address: Address): boolean {
  return sideOf(context, address) === "near";
}
