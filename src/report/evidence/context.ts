import type { FrameRef } from "../../bytes/frame.js";
import { messageName } from "../../diagnosis/phases.js";
import { inEnglish } from "../../texts/texts.js";
import type { Exchange, IkeSa, Sighting, TcpConnection, KeptTunnel } from "../../session/model.js";

/** Why each frame is there. */
export type Reasons = Map<FrameRef, string[]>;

/** Keeps the beginning and the end of a long life: IKE SAs of a tunnel, exchanges of an IKE SA. */
const SAS = { first: 40, last: 60 } as const;
const EXCHANGES = { first: 60, last: 40 } as const;
/** Frames of an extract; further context is left out, never a frame that a finding cites. */
const FRAMES = 50_000;

/** Adds what a tunnel is known by: its IKE messages, ICMP errors, lone fragments and the ends of its streams. */
export function tunnelFrames(tunnel: KeptTunnel, reasons: Reasons): void {
  const add = (frame: FrameRef, reason: string): void => {
    // A frame that a finding cites needs no further word.
    if (!reasons.has(frame) && reasons.size < FRAMES) reasons.set(frame, [`context: ${reason}`]);
  };
  for (const kept of ends(tunnel.ikeSas, SAS)) {
    const sa = kept.open();
    for (const exchange of ends(sa.exchanges, EXCHANGES)) exchangeFrames(sa, exchange, add);
  }
  for (const { frame, error } of tunnel.icmp) add(frame, `ICMP error, type ${error.type} code ${error.code}`);
  for (const { frame } of tunnel.malformed) add(frame, "a message that cannot be read to its end");
  for (const { frame } of tunnel.duplicates.copies) add(frame, "a message seen twice");
  for (const datagram of tunnel.strayFragments) fragmentFrames(datagram, add);
  for (const { examples } of tunnel.brokenEsp.values()) {
    for (const datagram of examples) fragmentFrames(datagram, add);
  }
  for (const connection of tunnel.tcpConnections) connectionFrames(connection, add);
  for (const stream of tunnel.streams) {
    add(stream.firstFrame, "first packet of an ESP or AH stream");
    add(stream.lastFrame, "last packet of an ESP or AH stream");
    if (stream.gapTo > stream.gapFrom) {
      add(stream.gapFromFrame, "last packet before the longest pause of its stream");
      add(stream.gapToFrame, "first packet after the longest pause of its stream");
    }
    if (stream.fragmented > 0) add(stream.firstFragmentedFrame, "first ESP packet in IP fragments");
  }
}

/** Every frame that carried a message of an IKE SA. */
export function framesOf({ exchanges }: IkeSa): FrameRef[] {
  return exchanges.flatMap(({ request, response }) =>
    [...(request?.sightings ?? []), ...(response?.sightings ?? [])].flatMap(({ frames }) => frames),
  );
}

type Add = (frame: FrameRef, reason: string) => void;

function exchangeFrames(sa: IkeSa, exchange: Exchange, add: Add): void {
  for (const side of ["request", "response"] as const) {
    const name = inEnglish(messageName(sa, exchange, side));
    for (const sighting of exchange[side]?.sightings ?? []) {
      const part = sighting.frames.length > 1 ? `part of ${name}` : name;
      for (const frame of sighting.frames) add(frame, `${part}${fragmentText(sighting)}`);
    }
  }
}

function fragmentText({ fragment }: Sighting): string {
  return fragment > 0 ? `, IKE fragment ${fragment}` : "";
}

function fragmentFrames({ fragments }: KeptTunnel["strayFragments"][number], add: Add): void {
  for (const { frame } of fragments) add(frame, "fragment of a datagram that never became whole");
}

function connectionFrames({ opening, accepted, ending, client, server }: TcpConnection, add: Add): void {
  for (const { frame } of opening) add(frame, "TCP SYN");
  if (accepted !== null) add(accepted.frame, "TCP SYN, ACK");
  if (ending !== null) add(ending.frame, `TCP ${ending.by.toUpperCase()}`);
  for (const { firstData, lastData } of [client, server]) {
    if (firstData !== null) add(firstData.frame, "first data of a TCP direction");
    if (lastData !== null) add(lastData.frame, "last data of a TCP direction");
  }
}

function ends<T>(
  list: readonly T[],
  { first, last }: { readonly first: number; readonly last: number },
): readonly T[] {
  return list.length <= first + last ? list : [...list.slice(0, first), ...list.slice(-last)];
}
