import type { Micros } from "../../../bytes/time.js";
import type { ChildSa, EspSa } from "../../../session/esp/child-sa.js";
import { answersTo } from "../../../session/esp/esp-sas.js";
import { childSaCreations } from "../../../session/esp/child-sa-creations.js";
import type { TunnelContext } from "../../context.js";
import { isMerged, sumOf } from "./esp-directions.js";

/** Fewer packets, or in less time, may be answered in a moment. */
const WAITING = { packets: 3, time: 1_000_000 } as const;
/** An SA whose first packet has a higher number may have been answered before. */
const FIRST_NUMBERS = 4;
/** More of the packets of another Child SA than this share, right after those of the silent one, may be its answers. */
const BY_CHANCE = 0.25;

/** A Child SA of which one direction alone is there, while another one of the same peers is answered. */
interface OneWayChild {
  readonly espSa: EspSa;
  /** The other Child SA, whose answers show that this capture holds both directions. */
  readonly answered: ChildSa;
}

/**
 * The Child SA that nobody answers while another one works. Not one of a rekey, in whose overlap one side uses the new SPI
 * and the other side still the old one: then the other Child SA goes on in one direction only.
 */
export function oneWayChild({ tunnel, capture }: TunnelContext): OneWayChild | null {
  const { childSas, ikeSas } = tunnel;
  if (tunnel.streamsNotKept > 0 || isMerged(capture.files)) return null;
  // More SAs than exchanges that made them may be pairs for each processor (RFC 9611).
  if (childSaCreations(ikeSas).length < childSas.length) return null;
  const whole = childSas.filter(({ forward, backward }) => forward !== null && backward !== null);
  const espSas = childSas.flatMap((child) => {
    const espSa = onlyEspSa(child);
    return espSa === null ? [] : [{ espSa, child }];
  });
  // If the other direction has one without a partner too, they may belong together.
  const sources = new Set(espSas.map(({ espSa }) => espSa.source));
  if (sources.size !== 1) return null;
  for (const { espSa, child } of espSas) {
    if (child.madeBy === null || espSa.firstSequence > FIRST_NUMBERS) continue;
    if (espSa.packets < WAITING.packets || espSa.lastTime - espSa.firstTime < WAITING.time) continue;
    const answered = whole.find((other) => isInUseBeside(other, espSa));
    if (answered !== undefined && whole.every((other) => !mayAnswer(other, espSa)))
      return { espSa, answered };
  }
  return null;
}

function onlyEspSa({ forward, backward }: ChildSa): EspSa | null {
  if (forward !== null && backward !== null) return null;
  return forward ?? backward;
}

/** Both directions of the other Child SA have packets while the silent one is asked. */
function isInUseBeside({ forward, backward }: ChildSa, { firstTime, lastTime }: EspSa): boolean {
  return [forward, backward].every(
    (espSa) => espSa !== null && espSa.firstTime <= lastTime && espSa.lastTime >= firstTime + WAITING.time,
  );
}

/** The other Child SA's packets towards the asker follow those of the silent one. */
function mayAnswer({ forward, backward }: ChildSa, asked: EspSa): boolean {
  return [forward, backward].some(
    (espSa) =>
      espSa !== null &&
      espSa.source !== asked.source &&
      !isOfOtherPorts(espSa, asked) &&
      // A copy that the capture made comes right after a packet as well.
      (answersTo(espSa, asked)?.turns ?? 0) / copiesIn(espSa) > Math.max(1, asked.packets * BY_CHANCE),
  );
}

/** Both go in UDP, and between other ports: those of another client behind the same NAT device. */
export function isOfOtherPorts({ streams }: EspSa, asked: EspSa): boolean {
  const ports = new Set(asked.streams.map(({ sourcePort }) => sourcePort));
  return (
    [...streams, ...asked.streams].every(({ encapsulation }) => encapsulation === "udp") &&
    streams.every(({ destinationPort }) => !ports.has(destinationPort))
  );
}

/** How often each packet is in the capture, 1 or more. */
function copiesIn({ streams, packets }: EspSa): number {
  return sumOf(streams, (stream) => stream.packets) / Math.max(1, packets);
}

/** For how long the silent Child SA is asked, microseconds. */
export function askedFor({ espSa }: OneWayChild): Micros {
  return espSa.lastTime - espSa.firstTime;
}
