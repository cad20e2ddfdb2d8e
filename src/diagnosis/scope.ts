import type { Scope } from "./finding.js";
import type { JudgedTunnel } from "./judgement.js";
import { isSameMessage, type Message, say } from "../texts/message.js";

/** The peers that are hit, over all tunnels that could be judged. */
export interface OutageScope {
  readonly scope: Scope;
  /** Properties that all failing tunnels have in common and not all others have, phrases; empty where fewer than two fail. */
  readonly shared: readonly Message[];
}

/** A property by which tunnels can be told apart, in the words of a person; null where a tunnel has none. */
type Trait = (judged: JudgedTunnel) => Message | null;

const TRAITS: readonly Trait[] = [
  ({ findings }) => {
    const root = findings.find(({ severity }) => severity === "critical");
    return root === undefined ? null : say`the finding ${root.code}`;
  },
  ({ failingPhase }) => (failingPhase === null ? null : say`the phase ${failingPhase}`),
  ({ tunnel: { ikeSas } }) =>
    ikeSas[0] === undefined ? null : say`the responder ${ikeSas[0].responder.address}`,
  ({ tunnel: { ikeSas } }) =>
    ikeSas[0] === undefined ? null : say`the initiator ${ikeSas[0].initiator.address}`,
  ({ tunnel }) => blockOf(tunnel.ikeSas[0]?.initiator.address),
  ({ tunnel: { ikeSas } }) => (ikeSas[0] === undefined ? null : `IKEv${ikeSas[0].majorVersion}`),
  ({ nat }) => (nat?.initiatorBehindNat === true ? "an initiator behind NAT" : null),
  ({ implementations: [initiator] }) =>
    initiator === null
      ? null
      : say`initiators that ${initiator.confidence === "possible" ? "possibly " : ""}run ${initiator.name}`,
];

/** Scope of an outage. A tunnel that could not be judged counts for neither side. */
export function scopeOf(tunnels: readonly JudgedTunnel[]): OutageScope {
  const judged = tunnels.filter(({ status }) => status !== "nothing-to-judge");
  const failing = judged.filter(({ status }) => status === "failing");
  if (failing.length === 0) return { scope: "none", shared: [] };
  if (failing.length === 1) return { scope: "one-peer", shared: [] };
  const others = judged.filter(({ status }) => status !== "failing");
  const scope = others.length === 0 ? "all-peers" : "some-peers";
  return { scope, shared: TRAITS.flatMap((trait) => sharedTrait(trait, failing, others) ?? []) };
}

function sharedTrait(
  trait: Trait,
  failing: readonly JudgedTunnel[],
  others: readonly JudgedTunnel[],
): Message | null {
  const [first = null, ...rest] = failing.map(trait);
  if (first === null) return null;
  const isShared = (value: Message | null): boolean => value !== null && isSameMessage(value, first);
  if (!rest.every(isShared)) return null;
  return others.length > 0 && others.every((other) => isShared(trait(other))) ? null : first;
}

/** The /24 of an IPv4 address: what one site or one provider's pool usually is. */
function blockOf(address: string | undefined): Message | null {
  const parts = address?.split(".") ?? [];
  return parts.length === 4 ? say`initiators in ${parts.slice(0, 3).join(".")}.0/24` : null;
}
