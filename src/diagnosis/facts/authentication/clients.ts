import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import { IKE_PORT, NAT_T_PORT } from "../../../ike/ports.js";
import type { Tunnel } from "../../../session/model.js";
import type { Setup, TunnelContext } from "../../context.js";
import { messagesFrom, seenOnTranslator } from "../sides.js";
import { initiatorPorts } from "../nat/ports.js";

/** Whoever has an IKE SA that is up does not set up another one within this time, unless it deletes the first one. */
const STAYS: Micros = 2_000_000;

/** One client of several behind a NAT device: its ports there, and from when to when it was heard. */
interface Client {
  readonly address: Address;
  readonly ports: Set<number>;
  from: number;
  to: number;
}

/**
 * How many clients of one address were there at the same time, as far as their ports tell; 1 where no NAT device gave ports of
 * its own. Who comes back from other ports is not counted twice: it was not heard on the old ones any more.
 */
export function clientsAtOnce({ tunnel, setups }: TunnelContext): number {
  if (setups.length < 2 || seenOnTranslator(tunnel)) return 1;
  const clients: Client[] = [];
  for (const setup of setups) {
    const { sa } = setup;
    const heard = messagesFrom(sa, "initiator");
    const [first, last] = [heard[0], heard.at(-1)];
    if (first === undefined || last === undefined) continue;
    const client = {
      address: sa.initiator.address,
      ports: initiatorPorts(sa),
      from: first.time,
      to: Math.max(last.time, staysUntil(setup)),
    };
    const known = clients.find((other) => other.address === client.address && sharePort(other, client));
    if (known === undefined) clients.push(client);
    else join(known, client);
  }
  for (const client of clients) hearEsp(client, tunnel);
  const isTranslated = clients.some(({ ports }) => [...ports].some(isChosen));
  if (!isTranslated) return 1;
  const counts = clients.map(
    ({ address, from }) =>
      clients.filter((other) => other.address === address && other.from <= from && from <= other.to).length,
  );
  return Math.max(1, ...counts);
}

/** Until when the client of a setup is there without a word; minus infinity where it did not come up, or spoke since and may have left. */
function staysUntil({ progress }: Setup): Micros {
  if (progress.state !== "up" || progress.upAt === null) return -Infinity;
  return progress.later.length > 0 ? -Infinity : progress.upAt + STAYS;
}

function isChosen(port: number): boolean {
  return port !== IKE_PORT && port !== NAT_T_PORT;
}

function sharePort(one: Client, other: Client): boolean {
  return [...other.ports].some((port) => one.ports.has(port));
}

function join(known: Client, { ports, from, to }: Client): void {
  for (const port of ports) known.ports.add(port);
  known.from = Math.min(known.from, from);
  known.to = Math.max(known.to, to);
}

function hearEsp(client: Client, { streams }: Tunnel): void {
  for (const { source, sourcePort, lastTime } of streams) {
    if (source === client.address && client.ports.has(sourcePort)) client.to = Math.max(client.to, lastTime);
  }
}
