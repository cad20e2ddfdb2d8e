import type { Micros } from "../../bytes/time.js";
import { type Client, joinedClients } from "./client.js";

/** A client that answers IKE, or sends ESP, so long after another one came up has not come back as that: it would have left the old SA. */
const SIDE_BY_SIDE = { ike: 120_000_000, esp: 3_000_000 } as const satisfies Record<string, Micros>;
/** To change the settings after a refusal takes longer: sooner it is another client. */
const CHANGED: Micros = 5_000_000;
/** An answer comes sooner: what is sent to a client so long after its last packet asks one that is silent. */
const ANSWERED: Micros = 1_000_000;

/**
 * The clients, where whoever begins may be one that came back from other ports those two as one: it goes on where another one fell silent
 * to whom packets are still sent, or tries again what failed. So what a client left behind is not taken for another's trouble.
 */
export function withReturns(byPorts: readonly Client[]): readonly Client[] {
  const lines: Client[] = [];
  for (const client of byPorts.toSorted((a, b) => firstSeen(a) - firstSeen(b))) {
    const before = client.isBegun ? lastLeft(lines, client) : -1;
    const left = lines[before];
    if (left === undefined) lines.push(client);
    else lines[before] = joinedClients([left, client]);
  }
  return lines;
}

/** The index of the client that may have come back as that one, the one that was heard last; -1 for none. */
function lastLeft(lines: readonly Client[], client: Client): number {
  let found = -1;
  for (const [index, line] of lines.entries()) {
    const isLeft = isFailed(line) ? mayBeTried(line, client) : mayGoOnAs(line, client);
    if (isLeft && (found < 0 || line.to > (lines[found]?.to ?? 0))) found = index;
  }
  return found;
}

/** Whether the setup of the later one may be another try of the one that failed. */
function mayBeTried({ to }: Client, client: Client): boolean {
  return to + (isFailed(client) ? 0 : CHANGED) < client.from;
}

/** Whether a client is asked in vain that was not heard long enough beside the other one. */
function mayGoOnAs({ lastIke, lastEsp, lastSentTo }: Client, { upAt }: Client): boolean {
  const isAsked = lastSentTo > Math.max(lastIke, lastEsp) + ANSWERED;
  return isAsked && Math.max(lastIke - SIDE_BY_SIDE.ike, lastEsp - SIDE_BY_SIDE.esp) <= upAt;
}

/** Nothing that it set up came up. */
function isFailed({ streams, upAt, isBegun }: Client): boolean {
  return isBegun && streams.length === 0 && upAt === Infinity;
}

/** When anything of it was seen first, also if that was sent to it. */
function firstSeen({ ikeSas, streams }: Client): Micros {
  return Math.min(...[...ikeSas, ...streams].map(({ firstTime }) => firstTime));
}
