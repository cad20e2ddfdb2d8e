import type { AnswerCount, EspStream } from "../../esp/stream.js";
import type { AddressAlias, Tunnel } from "../model.js";
import { canonicalAddress } from "../model/queries.js";
import type { EspSa } from "./child-sa.js";

type Parts = Pick<Tunnel, "addresses" | "aliases" | "streams">;

/** The ESP SAs of a tunnel in order of their beginnings. Traffic between addresses that are not the tunnel's own is left out. */
export function espSasOf({ addresses, aliases, streams }: Parts): EspSa[] {
  const groups = new Map<string, EspStream[]>();
  for (const stream of streams) {
    const source = canonicalAddress(aliases, stream.source);
    const destination = canonicalAddress(aliases, stream.destination);
    if (source === destination || !addresses.includes(source) || !addresses.includes(destination)) continue;
    const key = `${source} ${stream.spi} ${stream.encapsulation === "ah"}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [stream]);
    else group.push(stream);
  }
  return [...groups.values()]
    .map((group) => espSaOf(aliases, group))
    .toSorted((a, b) => a.firstTime - b.firstTime);
}

function espSaOf(aliases: readonly AddressAlias[], group: readonly EspStream[]): EspSa {
  const views = aliases.filter(({ kind }) => kind === "nat-view").map(({ address }) => address);
  const own = group.filter(
    ({ source, destination }) => !views.includes(source) && !views.includes(destination),
  );
  const streams = (own.length > 0 ? own : group).toSorted((a, b) => a.firstTime - b.firstTime);
  const first = streams[0] as EspStream;
  const last = streams.reduce(
    (latest, stream) => (stream.lastTime > latest.lastTime ? stream : latest),
    first,
  );
  return {
    source: canonicalAddress(aliases, first.source),
    destination: canonicalAddress(aliases, first.destination),
    spi: first.spi,
    isAh: first.encapsulation === "ah",
    streams,
    packets: streams.reduce((sum, stream) => sum + distinctPackets(stream), 0),
    firstTime: first.firstTime,
    lastTime: last.lastTime,
    firstFrame: first.firstFrame,
    lastFrame: last.lastFrame,
    firstSequence: first.firstSequence,
  };
}

/** Packets of a stream without copies: a mirror port shows each twice. */
export function distinctPackets({ packets, duplicates }: Pick<EspStream, "packets" | "duplicates">): number {
  return packets - duplicates;
}

type Turns = Omit<AnswerCount, "encapsulation">;

/** How often packets of `espSa` came right after one of `other`; null for never, or where others came more often. */
export function answersTo(espSa: EspSa, other: EspSa): Turns | null {
  let sum: Turns | null = null;
  for (const { answers } of espSa.streams) {
    for (const count of answers) {
      if (count.spi !== other.spi || (count.encapsulation === "ah") !== other.isAh) continue;
      sum = sum === null ? count : joined(sum, count);
    }
  }
  return sum;
}

function joined(a: Turns, b: Turns): Turns {
  const later = a.lastTime >= b.lastTime ? a : b;
  return {
    spi: a.spi,
    turns: a.turns + b.turns,
    firstTime: Math.min(a.firstTime, b.firstTime),
    lastTime: later.lastTime,
    lastFrame: later.lastFrame,
  };
}

/** Turns between two ESP SAs, whichever came first. */
export function turnsBetween(one: EspSa, other: EspSa): number {
  return (answersTo(one, other)?.turns ?? 0) + (answersTo(other, one)?.turns ?? 0);
}
