import { endsOf } from "../../session/clients/ends.js";
import { roleOfPeer } from "../../session/model/queries.js";
import type { Address } from "../../bytes/address.js";
import { foldedAddresses } from "../../bytes/address-ranges.js";
import type { JudgedTunnel } from "../judgement.js";

/** Tunnels that are told as one: those with an end in common, such as the gateway of all of them, or those with none. */
export interface PeerGroup {
  /** The end in common; of tunnels that share none the ends that stand there. */
  readonly common: readonly Address[];
  /** The role of these ends; without IKE it is not known who began the setup. */
  readonly role: "initiator" | "responder" | null;
  /** The other ends, and as they are called: several clients behind one address by their ports. */
  readonly others: readonly Address[];
  readonly names: readonly string[];
  readonly tunnels: number;
}

/** Tunnels with an end in common that are a group of their own; fewer are told with others that share none. */
const FEWEST = 3;

/** The tunnels by the end that most of them have in common, the largest group first. */
export function peerGroups(tunnels: readonly JudgedTunnel[]): PeerGroup[] {
  const groups = groupsByEnd(tunnels);
  const small = groups.filter((group) => group.tunnels < FEWEST);
  const large = groups.filter((group) => group.tunnels >= FEWEST);
  const pairs = (["responder", "initiator", null] as const).flatMap((role) =>
    joinedGroups(small.filter((group) => group.role === role)),
  );
  return [...large, ...pairs].toSorted((a, b) => b.tunnels - a.tunnels);
}

function groupsByEnd(tunnels: readonly JudgedTunnel[]): PeerGroup[] {
  const uses = new Map<Address, number>();
  for (const { tunnel } of tunnels) {
    for (const address of tunnel.addresses) uses.set(address, (uses.get(address) ?? 0) + 1);
  }
  const groups = new Map<
    string,
    PeerGroup & { readonly others: Address[]; readonly names: string[]; tunnels: number }
  >();
  for (const { tunnel } of tunnels) {
    const [first, second] = tunnel.addresses;
    const isSecond = (uses.get(second) ?? 0) >= (uses.get(first) ?? 0);
    const common = isSecond ? second : first;
    const role = roleOfPeer(tunnel, isSecond ? 1 : 0);
    const key = `${common} ${role}`;
    const group = groups.get(key) ?? { common: [common], role, others: [], names: [], tunnels: 0 };
    group.others.push(isSecond ? first : second);
    group.names.push(endsOf(tunnel)[isSecond ? 0 : 1]);
    group.tunnels++;
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Several small groups as one; one or two stay as they are. */
function joinedGroups(groups: readonly PeerGroup[]): readonly PeerGroup[] {
  const [first] = groups;
  if (first === undefined || groups.length < FEWEST) return groups;
  return [
    {
      role: first.role,
      common: groups.flatMap(({ common }) => common),
      others: groups.flatMap(({ others }) => others),
      names: groups.flatMap(({ names }) => names),
      tunnels: groups.reduce((sum, { tunnels }) => sum + tunnels, 0),
    },
  ];
}

/** "192.0.2.10-.37 -> 198.51.100.1", from the initiators to the responders; at most `most` ranges or networks at each end. */
export function peerGroupText({ common, role, others, names }: PeerGroup, most: number): string {
  const areClients = names.length <= most && names.some((name, index) => name !== others[index]);
  const near = (areClients ? names : foldedAddresses(others, most)).join(", ");
  const far = foldedAddresses(common, most).join(", ");
  if (role === null) return `${near} <-> ${far}`;
  return role === "responder" ? `${near} -> ${far}` : `${far} -> ${near}`;
}
