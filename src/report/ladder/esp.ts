import { hasBetween } from "../../bytes/sorted.js";
import { hex32 } from "../../bytes/hex.js";
import { humanDuration, type Micros } from "../../bytes/time.js";
import type { FrameRef } from "../../bytes/frame.js";
import type { EspStream } from "../../esp/stream.js";
import type { Tunnel } from "../../session/model.js";
import { joined, listed, type Message, say } from "../../texts/message.js";
import type { LadderRow } from "./row.js";
import { other, sideOf } from "./sides.js";

/** A stream that is silent for this long pauses: what else happens meanwhile may say why. */
const PAUSE = 10_000_000;

/**
 * ESP and AH traffic between the other rows, whose times are `moments`, ascending: a stream that begins and ends between
 * two of them is one row; else its first and last packet have one each, and so has its longest pause.
 */
export function espRows(
  tunnel: Tunnel,
  streams: readonly EspStream[],
  moments: readonly Micros[],
): LadderRow[] {
  return streams.flatMap((stream) => streamRows(tunnel, stream, moments));
}

function streamRows(tunnel: Tunnel, stream: EspStream, moments: readonly Micros[]): LadderRow[] {
  const { firstTime, lastTime, firstFrame, lastFrame, packets, bytes, gapFrom, gapTo } = stream;
  const row = (time: Micros, frames: readonly FrameRef[], ...details: Message[]): LadderRow =>
    espRow(tunnel, stream, time, frames, details);
  const total = say`${packets} packet${packets === 1 ? "" : "s"}`;
  const size = `${bytes} B`;
  const pauses = gapTo - gapFrom >= PAUSE;
  if (!pauses && !hasBetween(moments, firstTime, lastTime)) {
    const span = packets === 1 ? [] : [say`in ${humanDuration(lastTime - firstTime)}`];
    const frames = packets === 1 ? [firstFrame] : [firstFrame, lastFrame];
    return [row(firstTime, frames, listed([total, ...span], "blank"), size)];
  }
  const pause = say`silent for ${humanDuration(gapTo - gapFrom)} from here`;
  return [
    row(firstTime, [firstFrame], say`first of ${total}`),
    ...(pauses ? [row(gapFrom, [stream.gapFromFrame, stream.gapToFrame], pause)] : []),
    row(lastTime, [lastFrame], say`last of ${total}`, size),
  ];
}

function espRow(
  tunnel: Tunnel,
  stream: EspStream,
  time: Micros,
  frames: readonly FrameRef[],
  details: readonly Message[],
): LadderRow {
  const { encapsulation, spi, source, destination, sourcePort, destinationPort } = stream;
  const to = sideOf(tunnel, destination) ?? other(sideOf(tunnel, source) ?? "left");
  const isOwn = tunnel.addresses.includes(source) && tunnel.addresses.includes(destination);
  const ports =
    sourcePort === destinationPort ? `${destinationPort}` : say`${sourcePort} to ${destinationPort}`;
  const carrier =
    encapsulation === "udp" || encapsulation === "tcp"
      ? [joined(`${encapsulation.toUpperCase()} `, ports)]
      : [];
  return {
    kind: "esp",
    time,
    frames,
    from: other(to),
    to,
    title: `${encapsulation === "ah" ? "AH" : "ESP"} ${hex32(spi)}`,
    details: [...details, ...(isOwn ? [] : [say`${source} to ${destination}`]), ...carrier],
    attempt: 1,
    fate: "plain",
    message: null,
  };
}
