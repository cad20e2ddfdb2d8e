import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import { type HostLine, hostLine, type JoinedHost, timeOnCapture } from "../../../joint/joined.js";
import type { TunnelContext } from "../../context.js";
import { once } from "../../once.js";
import { hostAt } from "./events.js";

/** A start of the daemon in a host's log. */
export interface LoggedDaemon {
  readonly kind: "started-before" | "started-after";
  readonly host: string;
  readonly line: HostLine;
}

/** Starts and ends of the daemon, as the logs of the host tell them, in their order. */
const startsAndEnds = once((host: JoinedHost) =>
  host.records.events.flatMap(({ event }) => {
    const { kind, source } = event;
    if ((kind !== "daemon-start" && kind !== "daemon-stop") || host.unused.has(source.file)) return [];
    const at = timeOnCapture(host, event);
    return at === null ? [] : [{ event, at }];
  }),
);

/**
 * The start of the daemon at an address, by its log, that tells of `time`: the first one after it, or the last one before it where no end of the
 * daemon stands between. Null where no log of that host tells.
 */
export function daemonAround(context: TunnelContext, address: Address, time: Micros): LoggedDaemon | null {
  const host = hostAt(context, address);
  if (host === undefined) return null;
  const told = startsAndEnds(host);
  const after = told.find(({ event, at }) => event.kind === "daemon-start" && at > time);
  if (after !== undefined)
    return { kind: "started-after", host: host.records.name, line: hostLine(host, after.event) };
  const before = told.findLast(({ at }) => at <= time);
  return before?.event.kind === "daemon-start"
    ? { kind: "started-before", host: host.records.name, line: hostLine(host, before.event) }
    : null;
}
