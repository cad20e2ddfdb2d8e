import { type Message, say, verbatim } from "../texts/message.js";
import type { FrameRef } from "../bytes/frame.js";
import type { Micros } from "../bytes/time.js";
import type { Source } from "../evidence/record.js";
import type { KeptTunnel } from "../session/model.js";
import { captureTime } from "./host-clock.js";
import { clockOfFile, type JoinedHost } from "./joined.js";
import { wireMessages } from "./wire.js";

/** A moment of capture or host on the capture's clock. */
export interface TimelineEntry {
  /** Null where nothing tells it. */
  readonly time: Micros | null;
  /** The resolution of the stamp that the time is from; null where it is that of a frame. */
  readonly step: Micros | null;
  /** How the time was found: read in the capture, a host's stamp by its clock, or between two frames by the order of lines. */
  readonly by: "frame" | "clock" | "order" | "none";
  readonly about: "ike" | "esp" | "log" | "kernel";
  readonly host: string | null;
  readonly frame: FrameRef | null;
  /** The tunnel of the frame. */
  readonly tunnel: number | null;
  /** The tunnel that it is about: also of a line without a frame, by the messages around it. */
  readonly ofTunnel: number | null;
  readonly source: Source | null;
  /** The line says that its host sent a message. */
  readonly isSent: boolean;
  readonly text: Message;
}

/** Everything on one line of time: IKE messages and the first and last packet of each SPI, lines of logs and of the kernel. */
export function timelineOf(hosts: readonly JoinedHost[], tunnels: readonly KeptTunnel[]): TimelineEntry[] {
  const entries = [
    ...framesOf(tunnels),
    ...hosts.filter(({ foreign }) => foreign === null).flatMap(entriesOfHost),
  ];
  const known = entries.filter(({ time }) => time !== null);
  const unknown = entries.filter(({ time }) => time === null);
  return [...known.toSorted((a, b) => (a.time ?? 0) - (b.time ?? 0)), ...unknown];
}

function framesOf(tunnels: readonly KeptTunnel[]): TimelineEntry[] {
  const none = { host: null, source: null, by: "frame", step: null, isSent: false } as const;
  const messages = wireMessages(tunnels).map(
    ({ time, frame, from, to, exchange, messageId, response, length, tunnel }) => ({
      ...none,
      about: "ike" as const,
      time,
      frame,
      tunnel,
      ofTunnel: tunnel,
      text: `${exchange} ${response ? "response" : "request"} ${messageId} ${from.address} -> ${to.address}, ${length} B`,
    }),
  );
  const streams = tunnels.flatMap((kept) =>
    kept.streams.map((stream) => ({ ...none, tunnel: kept.id, ofTunnel: kept.id, stream })),
  );
  const packets = streams.flatMap(({ stream, ...base }) => {
    const { source, destination, spi, firstTime, firstFrame, lastTime, lastFrame, packets: count } = stream;
    const named = `ESP 0x${spi.toString(16).padStart(8, "0")} ${source} -> ${destination}`;
    const entry = (time: Micros, frame: FrameRef, text: Message) => ({
      ...base,
      about: "esp" as const,
      time,
      frame,
      text,
    });
    return [
      entry(firstTime, firstFrame, say`${named}, first of ${count}`),
      ...(count > 1 ? [entry(lastTime, lastFrame, say`${named}, last of ${count}`)] : []),
    ];
  });
  return [...messages, ...packets];
}

function entriesOfHost(host: JoinedHost): TimelineEntry[] {
  const { records, unused, exchanges } = host;
  const frames = new Map(
    [...host.clocks.values()].flatMap(({ joins }) => joins).map(({ entry, frame }) => [entry.event, frame]),
  );
  const before = new Map<string, Micros>();
  const used = records.events.filter(({ event }) => !unused.has(event.source.file));
  return used.map(({ event, section }) => {
    const exchange = exchanges.get(event);
    const { source, stamp, message, text } = event;
    const clock = clockOfFile(host, source.file);
    const frame = frames.get(event);
    const said =
      message === null
        ? verbatim(text)
        : message.out
          ? say`sent: ${verbatim(text)}`
          : say`received: ${verbatim(text)}`;
    const base = {
      about: section.kind === "ip xfrm monitor" ? ("kernel" as const) : ("log" as const),
      host: records.name,
      frame: frame?.frame ?? null,
      step: frame === undefined ? (stamp?.step ?? null) : null,
      tunnel: frame?.tunnel ?? null,
      ofTunnel: (frame ?? exchange?.before?.frame ?? exchange?.after?.frame)?.tunnel ?? null,
      source,
      isSent: message?.out === true,
      text: said,
    };
    const last = before.get(source.file) ?? null;
    const own = frame?.time ?? (stamp === null ? null : captureTime(clock, stamp.time));
    // Lines of one text follow each other: within the step of its stamps their order tells more than the stamps.
    const isBehind = own !== null && last !== null && own < last && last - own <= (stamp?.step ?? 0);
    const time = isBehind ? last : own;
    if (time !== null) before.set(source.file, time);
    if (time !== null) return { ...base, time, by: stamp === null ? "order" : "clock" };
    const near = last ?? clock.joins[0]?.frame.time ?? null;
    return {
      ...base,
      time: stamp === null ? near : null,
      by: stamp === null && near !== null ? "order" : "none",
    };
  });
}
