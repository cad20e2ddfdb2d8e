/** Many clients at alice's side, each with its own address, identity, key and subnet, and what bob has for them. */
import type { Section } from "./config.js";
import { ends, type End } from "./topology.js";

export interface Crowd {
  /** How many clients, counted from 1. */
  clients: number;
  /** The client that has another key than bob has for it. */
  wrongKey?: number;
  /** The client for which bob protects another network than the one it asks for. */
  wrongSubnet?: number;
}

/** A client's outer address, in alice's outer network. */
function clientAddress(client: number): string {
  return `192.0.2.${100 + client}`;
}

/** A host in a client's subnet. */
export function clientInner(client: number): string {
  return `10.1.${100 + client}.1`;
}

/** The name of a client's child at alice. */
export function clientChild(client: number): string {
  return `net-${client}`;
}

const clientId = (client: number): string => `client-${client}.example.org`;

function numbers({ clients }: Crowd): number[] {
  return Array.from({ length: clients }, (_, index) => index + 1);
}

/** One connection per client, made from the connection that the end has for one. */
export function crowdConnections(end: End, one: Section, crowd: Crowd): Section {
  const { local, remote, children } = one as { local: Section; remote: Section; children: { net: Section } };
  const entries = numbers(crowd).map((client): [string, Section] => {
    const subnet = `10.1.${100 + client}.0/24`;
    const id = { id: clientId(client) };
    if (end === "alice") {
      const net = { ...children.net, local_ts: subnet };
      return [
        `lab-${client}`,
        {
          ...one,
          local_addrs: clientAddress(client),
          local: { ...local, ...id },
          children: { [clientChild(client)]: net },
        },
      ];
    }
    const own = client === crowd.wrongSubnet ? { local_ts: "10.9.0.0/24" } : {};
    const net = { ...children.net, remote_ts: subnet, ...own };
    return [`lab-${client}`, { ...one, remote: { ...remote, ...id }, children: { net } }];
  });
  return Object.fromEntries(entries);
}

/** One key per client; at alice one of them may be wrong. */
export function crowdSecrets(end: End, crowd: Crowd): Section {
  const entries = numbers(crowd).map((client): [string, Section] => {
    const key = end === "alice" && client === crowd.wrongKey ? "another staple" : `staple ${client}`;
    return [`ike-${client}`, { id: clientId(client), secret: `"${key}"` }];
  });
  return Object.fromEntries(entries);
}

/** The commands that give alice the addresses of her clients. */
export function crowdAddresses(crowd: Crowd): string[][] {
  return numbers(crowd).flatMap((client) => [
    ["ip", "addr", "add", `${clientAddress(client)}/24`, "dev", "eth0"],
    ["ip", "addr", "add", `${clientInner(client)}/24`, "dev", "lo"],
  ]);
}

/** The address that clients ping. */
export const crowdTarget = ends.bob.inner;
