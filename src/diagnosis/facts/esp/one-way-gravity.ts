import type { Micros } from "../../../bytes/time.js";
import { childSaCreations } from "../../../session/esp/child-sa-creations.js";
import type { Tunnel } from "../../../session/model.js";
import type { Verdict } from "../../finding.js";
import { espDirectionsOf } from "./esp-directions.js";
import type { Direction } from "./one-direction.js";
import type { OneWayKind } from "./one-way-traffic.js";

/** The highest first number of a new SA: packets before the first one that was seen may be lost. */
const FIRST_NUMBERS = 4;
/** A person's pings are at most so many, in so long a time. */
const PINGS = { packets: 30, time: 30_000_000 } as const;

/** Traffic without an answer that may need none. */
export const POSSIBLE = { severity: "warning", confidence: "possible" } as const;

/** Whether so many packets in that time may be the pings of a person, who gives up soon. */
export function mayBePings(packets: number, time: Micros): boolean {
  return packets <= PINGS.packets && time <= PINGS.time;
}

/**
 * How grave it is that nothing comes back. Packets that repeat as TCP repeats them, and a person's pings, need answers. A steady
 * beat or anything else on an SA that was born in the capture may need none: where it goes on for long, or the SA is older, that is a
 * warning, and log messages are none.
 */
export function oneWayGravity(
  kind: OneWayKind,
  tunnel: Tunnel,
  { first, packets, firstTime, lastTime }: Direction,
): Pick<Verdict, "severity" | "confidence"> | null {
  const isBorn =
    first.firstSequence <= FIRST_NUMBERS &&
    childSaCreations(tunnel.ikeSas).some(({ time }) => time <= first.firstTime);
  // A sender that waits for an answer does not go on for longer. A mirror port shows each packet more than once.
  const isShort =
    mayBePings(espDirectionsOf(tunnel)[0]?.packets ?? packets, lastTime - firstTime) ||
    isShortInEachSetup(tunnel);
  switch (kind) {
    case "repeats":
      return { confidence: "likely" };
    case "pings":
      return isBorn ? { confidence: "likely" } : POSSIBLE;
    case "beats":
      return isBorn && isShort ? { confidence: "possible" } : POSSIBLE;
    case "reports":
      return isBorn ? { severity: "info", confidence: "possible" } : null;
    case "unclear":
      if (!isBorn) return null;
      return isShort ? { confidence: "possible" } : POSSIBLE;
  }
}

/**
 * Whether each Child SA of several has as little, and a new IKE SA begins between any two of them: who gives the tunnel up and sets it up
 * anew waits for answers anew.
 */
function isShortInEachSetup(tunnel: Tunnel): boolean {
  const espSas = (espDirectionsOf(tunnel)[0]?.espSas ?? []).toSorted((a, b) => a.firstTime - b.firstTime);
  return (
    espSas.length > 1 &&
    espSas.every((espSa, index) => {
      const next = espSas[index + 1];
      const isReplaced =
        next === undefined ||
        (espSa.lastTime <= next.firstTime &&
          tunnel.ikeSas.some(
            ({ startSeen, firstTime }) =>
              startSeen && firstTime > espSa.firstTime && firstTime <= next.firstTime,
          ));
      return isReplaced && mayBePings(espSa.packets, espSa.lastTime - espSa.firstTime);
    })
  );
}
