import { grouped } from "../../../bytes/grouped.js";
import type { HostClock, Join } from "../../../joint/host-clock.js";
import type { JoinedHost } from "../../../joint/joined.js";
import type { WireMessage } from "../../../joint/wire.js";
import { once } from "../../once.js";

// The log of a gateway is joined with thousands of tunnels, and asked about each of them.

const joinsByTunnel = once(({ joins }: HostClock) => grouped(joins, ({ frame }) => frame.tunnel));
const framesByTunnel = once(({ frames }: JoinedHost) => grouped(frames, ({ tunnel }) => tunnel));

/** The lines and messages that a log has in common with one tunnel, in order of time. */
export function joinsOf(clock: HostClock, tunnel: number): readonly Join[] {
  return joinsByTunnel(clock).get(tunnel) ?? [];
}

/** The messages of one tunnel that the log of a host should know. */
export function framesOf(host: JoinedHost, tunnel: number): readonly WireMessage[] {
  return framesByTunnel(host).get(tunnel) ?? [];
}

/** The same of all logs of the host, with the whole capture. */
const joinsOfHost = once(({ clocks }: JoinedHost) => [...clocks.values()].flatMap(({ joins }) => joins));

/** The messages that a line of any log of the host is about. */
export const joinedFrames = once((host: JoinedHost) => new Set(joinsOfHost(host).map(({ frame }) => frame)));

/** The lines of all logs of the host that are about a message of the capture, which comes from where they say. */
export const explainedLines = once((host: JoinedHost) => {
  const own = joinsOfHost(host).filter(
    ({ entry, frame }) => entry.event.message?.from?.address === frame.from.address,
  );
  return new Set(own.map(({ entry }) => entry));
});
