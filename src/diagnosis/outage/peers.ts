import type { Address } from "../../bytes/address.js";
import { foldedAddresses } from "../../bytes/address-ranges.js";
import type { JudgedTunnel } from "../judgement.js";

/** Tunnels that have one end in common, such as the gateway of all of them. */
export interface PeerGroup {
  readonly common: Address;
  /** Where the common end stands: who began the setup is not known without IKE. */
  readonly role: "initiator" | "responder" | null;
  /** The other ends. */
  readonly others: readonly Address[];
  readonly tunnels: number;
}

/** The tunnels by the end that most of them have in common, the largest group first. */
export function peerGroups(tunnels: readonly JudgedTunnel[]): PeerGroup[] {
  const uses = new Map<Address, number>();
  for (const { tunnel } of tunnels) {
    for (const address of tunnel.addresses) uses.set(address, (uses.get(address) ?? 0) + 1);
  }
  const groups = new Map<string, PeerGroup & { readonly others: Address[]; tunnels: number }>();
  for (const { tunnel } of tunnels) {
    const [first, second] = tunnel.addresses;
    const isSecond = (uses.get(second) ?? 0) >= (uses.get(first) ?? 0);
    const common = isSecond ? second : first;
    const role = tunnel.ikeSas.length === 0 ? null : isSecond ? "responder" : "initiator";
    const key = `${common} ${role}`;
    const group = groups.get(key) ?? { common, role, others: [], tunnels: 0 };
    group.others.push(isSecond ? first : second);
    group.tunnels++;
    groups.set(key, group);
  }
  return [...groups.values()].toSorted((a, b) => b.tunnels - a.tunnels);
}

/** "192.0.2.10-.37 -> 198.51.100.1", from the initiators to the responders; at most `most` ranges or networks. */
export function peerGroupText({ common, role, others }: PeerGroup, most: number): string {
  const folded = foldedAddresses(others, most).join(", ");
  if (role === null) return `${folded} <-> ${common}`;
  return role === "responder" ? `${folded} -> ${common}` : `${common} -> ${folded}`;
}
