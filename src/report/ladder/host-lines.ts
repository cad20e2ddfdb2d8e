import type { Micros } from "../../bytes/time.js";
import type { JoinedHost } from "../../joint/joined.js";
import { type TimelineEntry, timelineOf } from "../../joint/timeline.js";
import type { KeptTunnel } from "../../session/model.js";
import { type Message, say } from "../../texts/message.js";
import { placesOf } from "../host/timeline.js";
import type { Side } from "./row.js";

/** A line of a host's log, or of its kernel, between the rows of the diagram. */
export interface HostLine {
  /** By the clock of the capture. */
  readonly time: Micros;
  /** Only the order of the lines tells the time. */
  readonly isNear: boolean;
  /** The side that the host stands at. */
  readonly side: Side;
  readonly text: Message;
}

/** The lines that hosts have of a tunnel in its time, and how many they have of other times. */
export interface HostLines {
  /** In order of time. */
  readonly lines: readonly HostLine[];
  readonly left: number;
}

/** Around a tunnel: what a daemon says before its first message and behind its last one. */
const MARGIN_US: Micros = 10_000_000;

/** The lines that hosts have of a tunnel; those whose time nothing tells are left out. */
export function hostLinesOf(
  hosts: readonly JoinedHost[],
  { id, addresses: [left, right], firstTime, lastTime }: KeptTunnel,
  severalFiles: boolean,
): HostLines {
  const placeOf = placesOf(hosts, severalFiles);
  const all = hosts.flatMap((host): HostLine[] => {
    const { addresses } = host.records;
    const side = addresses.has(right) && !addresses.has(left) ? "right" : "left";
    return timelineOf([host], []).flatMap((entry): HostLine[] => {
      const { time, by, ofTunnel, text } = entry;
      if (time === null || ofTunnel !== id || isArrow(entry)) return [];
      return [{ time, isNear: by === "order", side, text: say`${placeOf(entry)}: ${text}` }];
    });
  });
  const lines = all.filter(({ time }) => time >= firstTime - MARGIN_US && time <= lastTime + MARGIN_US);
  return { lines: lines.toSorted((a, b) => a.time - b.time), left: all.length - lines.length };
}

/** That a host sent a message its arrow shows; that one received it says that it arrived. */
function isArrow({ frame, isSent }: TimelineEntry): boolean {
  return frame !== null && isSent;
}
