import type { Micros } from "../../bytes/time.js";
import { openTunnel } from "../../session/log/open-tunnel.js";
import type { Place, Transmission, Tunnel } from "../../session/model.js";
import { firstTimeOf } from "../../session/sightings.js";

/** Clocks that differ by less are taken for right: so long a packet may be on its way. */
const AGREE: Micros = 1_000;
/** Tunnels that are looked at: a clock is the same for all of them. */
const ENOUGH_TUNNELS = 200;

/** With packets of one direction only, a way that takes long and a clock that is wrong look alike up to this. */
const LONGEST_WAY: Micros = 500_000;

/** When something was first seen at a place, and which of the two ends sent it. */
interface Moment {
  readonly time: Micros;
  /** Its end; infinite for a message, which no other host takes over. */
  readonly until: Micros;
  readonly end: 0 | 1;
}

/** By a name that it has everywhere. */
type Moments = Map<string, Moment>;

/**
 * What the clock of each place shows more than that of the first one, 0 where they agree. Packets of both directions are on their
 * way equally long, so that their mean tells the clocks apart from the way.
 */
export function clocksOf(places: readonly Place[]): readonly Micros[] {
  const [first, ...others] = places.map(momentsOf);
  if (first === undefined) return [];
  return [
    0,
    ...others.map(({ messages, streams }) => {
      const ahead = aheadOf(messages, first.messages) ?? aheadOf(streams, first.streams) ?? 0;
      return Math.abs(ahead) > AGREE ? ahead : 0;
    }),
  ];
}

/**
 * Null where the two have nothing in common that tells it. What one end alone sent, and one place had only when it was over at the other
 * one, is that of a cluster: the other node took it over, and its counters began anew.
 */
function aheadOf(moments: Moments, reference: Moments): Micros | null {
  const differences: [Micros[], Micros[]] = [[], []];
  let isTakenOver = true;
  for (const [name, { time, until, end }] of moments) {
    const there = reference.get(name);
    if (there?.end !== end) continue;
    differences[end].push(time - there.time);
    isTakenOver &&= time > there.until || until < there.time;
  }
  const [one, other] = differences.map(median);
  if (one == null || other == null) {
    const only = one ?? other ?? null;
    return only === null || isTakenOver || Math.abs(only) < LONGEST_WAY ? null : only;
  }
  // Both ways packets leave before they arrive: that takes its time, and may take longer one way.
  if (Math.sign(one) === -Math.sign(other)) return 0;
  return Math.round((one + other) / 2);
}

function median(values: readonly Micros[]): Micros | null {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? null;
}

function momentsOf({ tunnels }: Place): { readonly messages: Moments; readonly streams: Moments } {
  const [messages, streams]: [Moments, Moments] = [new Map(), new Map()];
  for (const kept of tunnels.slice(0, ENOUGH_TUNNELS)) {
    const tunnel = openTunnel(kept);
    noteMessages(tunnel, messages);
    for (const stream of tunnel.streams) {
      const { source, destination, firstTime: time, lastTime: until } = stream;
      const name = `${source} ${destination} ${stream.encapsulation} ${stream.spi} ${stream.firstSequence}`;
      streams.set(name, { time, until, end: source < destination ? 0 : 1 });
    }
  }
  return { messages, streams };
}

function noteMessages({ ikeSas }: Tunnel, moments: Moments): void {
  for (const { initiatorSpi, exchanges } of ikeSas) {
    for (const { exchangeType, messageId, step, startedBy, request, response } of exchanges) {
      const name = `${initiatorSpi} ${exchangeType} ${messageId} ${step} ${startedBy}`;
      const asker = startedBy === "initiator" ? 0 : 1;
      note(moments, `${name} request`, request, asker);
      note(moments, `${name} response`, response, asker === 0 ? 1 : 0);
    }
  }
}

/** With its tries: where some are missing at one place, the first of them need not be the same. */
function note(moments: Moments, name: string, message: Transmission | null, end: 0 | 1): void {
  if (message === null) return;
  moments.set(`${name} ${message.tries}`, { time: firstTimeOf(message), until: Infinity, end });
}
