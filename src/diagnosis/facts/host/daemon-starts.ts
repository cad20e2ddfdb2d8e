import type { Micros } from "../../../bytes/time.js";
import type { HostEvent } from "../../../evidence/record.js";
import { type JoinedHost, timeOnCapture } from "../../../joint/joined.js";
import { once } from "../../once.js";

/** A start of a host's daemon, by the capture's clock. */
export interface DaemonStart {
  readonly event: HostEvent;
  readonly at: Micros;
  /** The last line of the process before it; null if the log begins with this start. */
  readonly before: { readonly event: HostEvent; readonly at: Micros } | null;
}

/** The starts of the daemon in the host's logs, in order of time. Lines without a time are left out. */
const daemonStarts = once((host: JoinedHost): readonly DaemonStart[] => {
  const last = new Map<string, { readonly event: HostEvent; readonly at: Micros }>();
  const starts: DaemonStart[] = [];
  for (const { event } of host.records.events) {
    const { file } = event.source;
    if (host.unused.has(file)) continue;
    const at = timeOnCapture(host, event);
    if (at === null) continue;
    if (event.kind === "daemon-start") starts.push({ event, at, before: last.get(file) ?? null });
    last.set(file, { event, at });
  }
  return starts.toSorted((a, b) => a.at - b.at);
});

/** The start of the process that runs at `time`; null where no log has one before. */
export function processAt(host: JoinedHost, time: Micros): DaemonStart | null {
  return daemonStarts(host).findLast(({ at }) => at <= time) ?? null;
}

/** Whether a line stands behind that start in its own log; each line does where there is no start. */
export function isBehindStart({ source }: HostEvent, start: DaemonStart | null): boolean {
  if (start === null) return true;
  const { file, line } = start.event.source;
  return source.file === file && source.line > line;
}

/**
 * Whether no process may have run at `time`: between an end of the daemon, or the last line before a start, and that start, or after
 * its end where no start follows.
 */
export function mayBeDownAt(host: JoinedHost, time: Micros): boolean {
  const isBetween = daemonStarts(host).some(
    ({ at, before }) => before !== null && before.at <= time && time < at,
  );
  if (isBetween) return true;
  const stopped = stoppedAt(host);
  return stopped !== null && time > stopped;
}

/** The end of the daemon behind which no start follows; null where there is none. */
const stoppedAt = once((host: JoinedHost): Micros | null => {
  const last = host.records.events.findLast(
    ({ event: { kind } }) => kind === "daemon-start" || kind === "daemon-stop",
  );
  return last?.event.kind === "daemon-stop" ? timeOnCapture(host, last.event) : null;
});
