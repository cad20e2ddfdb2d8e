import { networkOf } from "../../bytes/address-ranges.js";
import type { Micros } from "../../bytes/time.js";
import { IKE_PORT } from "../../ike/ports.js";
import type { Implementation } from "../../session/implementation.js";
import { type Message, say, verbatim } from "../../texts/message.js";
import type { JudgedTunnel } from "../judgement.js";
import { type Split, separates } from "./separation.js";
import type { PropertyName, SharedProperty } from "./shared-property.js";

interface Property {
  readonly name: PropertyName;
  /** The value of a tunnel; null where the capture does not show it. */
  readonly of: (judged: JudgedTunnel) => string | null;
  /** The value in words. */
  readonly told: (value: string) => Message;
}

const VALUES: readonly Property[] = [
  {
    name: "responder",
    of: ({ tunnel: { ikeSas } }) => ikeSas[0]?.responder.address ?? null,
    told: (address) => say`responder ${address}`,
  },
  {
    name: "responder-product",
    of: ({ implementations: [, responder] }) => productOf(responder),
    told: (product) => say`responder is ${product}`,
  },
  {
    name: "initiator-network",
    of: (judged) => initiatorNetwork(judged, { v4: 24, v6: 64 }),
    told: (network) => say`initiator in ${network}`,
  },
  {
    name: "initiator-network",
    of: (judged) => initiatorNetwork(judged, { v4: 16, v6: 48 }),
    told: (network) => say`initiator in ${network}`,
  },
  {
    name: "initiator-product",
    of: ({ implementations: [initiator] }) => productOf(initiator),
    told: (product) => say`initiator is ${product}`,
  },
  {
    name: "initiator-port",
    of: ({ tunnel: { ikeSas } }) => {
      const [first] = ikeSas;
      if (first?.startSeen !== true) return null;
      return first.initiator.port === IKE_PORT
        ? "initiator begins on port 500"
        : "initiator begins on another port than 500";
    },
    told: (text) => text,
  },
  {
    name: "initiator-nat",
    of: ({ nat }) => {
      if (nat === null || nat.initiatorBehindNat === null || nat.forced) return null;
      return nat.initiatorBehindNat ? "initiator behind NAT" : "initiator not behind NAT";
    },
    told: (text) => text,
  },
  {
    name: "ike-version",
    of: ({ tunnel: { ikeSas } }) => ikeSas[0]?.majorVersion.toString() ?? null,
    told: (version) => verbatim(`IKEv${version}`),
  },
  { name: "suite", of: ({ suite }) => suite, told: (suite) => say`suite ${suite}` },
];

/** Properties that failing tunnels share and working ones do not, the one that separates them best first. */
export function sharedProperties(
  failing: readonly JudgedTunnel[],
  working: readonly JudgedTunnel[],
): SharedProperty[] {
  const found: SharedProperty[] = [];
  for (const property of VALUES) {
    // A network says more than the wider one around it.
    if (found.some(({ property: known }) => known === property.name)) continue;
    const shared = sharedValue(property, failing, working);
    if (shared !== null && separates(shared)) found.push(shared);
  }
  const later = setUpLater(failing, working);
  if (later !== null && separates(later)) found.push(later);
  return found.toSorted((a, b) => contrast(b) - contrast(a));
}

/** Properties that are told where no working tunnel can be compared: nearly all tunnels have most of the others in common. */
const TELLING: readonly PropertyName[] = [
  "responder",
  "responder-product",
  "initiator-product",
  "ike-version",
];

/** Properties that all of them have in common, where no tunnel works that they could be compared with. */
export function commonProperties(failing: readonly JudgedTunnel[]): SharedProperty[] {
  return VALUES.filter(({ name }) => TELLING.includes(name)).flatMap((property) => {
    const shared = sharedValue(property, failing, []);
    return shared !== null && shared.failing === shared.failingOf ? shared : [];
  });
}

/** The value that most of the failing ones have. */
function sharedValue(
  { name, of, told }: Property,
  failing: readonly JudgedTunnel[],
  working: readonly JudgedTunnel[],
): SharedProperty | null {
  const counts = new Map<string, number>();
  for (const judged of failing) {
    const value = of(judged);
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  if (most === undefined) return null;
  const [value, count] = most;
  const others = working.map(of).filter((other) => other !== null);
  return {
    property: name,
    text: told(value),
    from: null,
    failing: count,
    failingOf: failing.length,
    working: others.filter((other) => other === value).length,
    workingOf: others.length,
  };
}

/** The failing ones were set up from a moment on, the working ones before: something was changed then. */
function setUpLater(
  failing: readonly JudgedTunnel[],
  working: readonly JudgedTunnel[],
): SharedProperty | null {
  const times = failing.flatMap((judged) => setUpAt(judged) ?? []);
  if (times.length === 0) return null;
  const from = times.reduce((least, time) => Math.min(least, time), Infinity);
  const others = working.flatMap((judged) => setUpAt(judged) ?? []);
  return {
    property: "set-up",
    text: "set up after",
    from,
    failing: times.length,
    failingOf: failing.length,
    working: others.filter((time) => time >= from).length,
    workingOf: others.length,
  };
}

/** When the first setup of a tunnel began, for who fails begins again; null where the capture does not hold it. */
function setUpAt({ tunnel: { ikeSas } }: JudgedTunnel): Micros | null {
  const [first] = ikeSas;
  return first?.startSeen === true ? first.firstTime : null;
}

/** Only by Vendor ID: retransmissions tell the product too, but only of peers that are not answered. */
function productOf(implementation: Implementation | null): string | null {
  return implementation?.by === "vendor-id" ? implementation.name : null;
}

function initiatorNetwork(
  { tunnel: { ikeSas } }: JudgedTunnel,
  bits: { readonly v4: number; readonly v6: number },
): string | null {
  const address = ikeSas[0]?.initiator.address;
  return address === undefined ? null : networkOf(address, bits);
}

function contrast({ failing, failingOf, working, workingOf }: Split): number {
  return failing / failingOf - working / workingOf;
}
