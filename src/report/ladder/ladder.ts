import { endsOf } from "../../session/clients/ends.js";
import { roleOfPeer } from "../../session/model/queries.js";
import type { FrameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import type { EspStream } from "../../esp/stream.js";
import type { JudgedTunnel } from "../../diagnosis/judgement.js";
import { openTunnel } from "../../session/log/open-tunnel.js";
import type { Implementation } from "../../session/implementation.js";
import type { Tunnel } from "../../session/model.js";
import { listed, type Message, say } from "../../texts/message.js";
import type { AddressNames } from "../address-names.js";
import { citedFrames } from "../cited-frames.js";
import { espRows } from "./esp.js";
import { icmpRows } from "./icmp.js";
import { messageRows } from "./messages.js";
import { otherRows } from "./others.js";
import { seenOnce } from "./sides.js";
import type { Ladder, LadderPeer, LadderRow, Omission } from "./row.js";

/** SAs are named by the beginning of the initiator's SPI, as people read them. */
const SPI_DIGITS = 8;

/** A flood of forged messages or SPIs between two peers makes no diagram: so many tries and streams are looked at. */
const LOOKED_AT = { messages: 20_000, streams: 1000 } as const;

/**
 * The sequence diagram of one tunnel, in order of time. Of more than `limit` rows the first and the last stay, and those
 * that findings cite; how many are left out, and where, is told by rows of the kind "omitted".
 */
export function ladderOf(judged: JudgedTunnel, limit: number): Ladder {
  const tunnel = openTunnel(judged.tunnel);
  const hasSeveral = tunnel.ikeSas.length > 1;
  const ike: LadderRow[] = [];
  let drawnSas = 0;
  for (const sa of tunnel.ikeSas) {
    if (ike.length >= LOOKED_AT.messages) break;
    const name = hasSeveral ? `SA ${sa.initiatorSpi.slice(0, SPI_DIGITS)}` : null;
    ike.push(...messageRows(tunnel, sa, name, judged.told));
    drawnSas++;
  }
  const streams = seenOnce(tunnel).slice(0, LOOKED_AT.streams);
  const events = inOrder([...ike, ...icmpRows(tunnel), ...otherRows(tunnel)]);
  const moments = events.map(({ time }) => time);
  const rows = inOrder([...events, ...espRows(tunnel, streams, moments)]);
  return {
    left: peerOf(judged, 0),
    right: peerOf(judged, 1),
    start: rows[0]?.time ?? tunnel.firstTime,
    rows: placed(abridged(rows, limit, citedFrames(judged.findings)), judged, streams),
    notes: notesOf(tunnel, drawnSas, streams.length),
  };
}

function inOrder(rows: readonly LadderRow[]): LadderRow[] {
  return rows.toSorted((a, b) => a.time - b.time || (a.frames[0] ?? 0) - (b.frames[0] ?? 0));
}

function peerOf({ tunnel, nat, implementations }: JudgedTunnel, index: 0 | 1): LadderPeer {
  const behind = index === 0 ? nat?.initiatorBehindNat : nat?.responderBehindNat;
  const software = implementations[index] ?? null;
  return {
    address: endsOf(tunnel)[index],
    role: roleOfPeer(tunnel, index),
    about: [
      ...(behind === true ? ["behind NAT"] : []),
      ...(software === null ? [] : [softwareText(software)]),
    ],
  };
}

/** "strongSwan"; "strongSwan?" where it is only possible, for there is little room. */
function softwareText({ name, confidence }: Implementation): string {
  return confidence === "likely" ? name : `${name}?`;
}

function abridged(
  rows: readonly LadderRow[],
  limit: number,
  cited: ReadonlySet<FrameRef>,
): (LadderRow | Omission)[] {
  if (rows.length <= limit) return [...rows];
  const head = Math.ceil(limit * 0.6);
  const tail = rows.length - (limit - head);
  const out: (LadderRow | Omission)[] = [];
  let left = 0;
  for (const [index, row] of rows.entries()) {
    if (index >= head && index < tail && !row.frames.some((frame) => cited.has(frame))) {
      left++;
      continue;
    }
    if (left > 0) out.push({ kind: "omitted", count: left });
    left = 0;
    out.push(row);
  }
  if (left > 0) out.push({ kind: "omitted", count: left });
  return out;
}

function placed(
  rows: readonly (LadderRow | Omission)[],
  { findings }: JudgedTunnel,
  streams: readonly EspStream[],
): Ladder["rows"] {
  const cited = citedFrames(findings.filter(({ severity }) => severity !== "info"));
  return rows.map((row, index) => {
    if (row.kind === "omitted") return row;
    const isCited = row.frames.some((frame) => cited.has(frame));
    const before = rows[index - 1];
    if (before === undefined || before.kind === "omitted")
      return { ...row, isCited, gap: 0, hasTraffic: false };
    const hasTraffic = streams.some((stream) => flowsBetween(stream, before.time, row.time));
    return { ...row, isCited, gap: row.time - before.time, hasTraffic };
  });
}

/** In less than this share of a time a stream does not go on in it: it ends at its beginning, or begins at its end. */
const GOES_ON_SHARE = 0.1;

/** Whether a stream goes on between two moments, as far as its longest pause tells. */
function flowsBetween({ firstTime, lastTime, gapFrom, gapTo }: EspStream, from: Micros, to: Micros): boolean {
  const within = (start: Micros, end: Micros): Micros =>
    Math.max(0, Math.min(end, to) - Math.max(start, from));
  return within(firstTime, lastTime) - within(gapFrom, gapTo) > (to - from) * GOES_ON_SHARE;
}

/** Sentences about exchanges and streams that the diagram leaves out. */
function notesOf(tunnel: Tunnel, drawnSas: number, drawnStreams: number): Message[] {
  const unkept = tunnel.ikeSas.reduce((sum, sa) => sum + sa.unkept, 0);
  const once = seenOnce(tunnel).length;
  const keepalives = [...tunnel.keepalives].map(([address, count]) => say`${count} from ${address}`);
  const counted: readonly (readonly [number, string])[] = [
    [tunnel.duplicates.count, "second sightings of the same packets are not drawn."],
    [
      tunnel.streams.length - once,
      "streams are not drawn that show the same packets on the other side of the NAT device.",
    ],
    [once - drawnStreams, "further streams are not drawn."],
    [tunnel.streamsNotKept, "further streams were counted only."],
    [tunnel.ikeSas.length - drawnSas, "further IKE SAs are not drawn."],
    [tunnel.ikeSasNotKept, "further IKE SAs were counted only."],
    [unkept, "further messages were counted only."],
  ];
  return [
    ...(keepalives.length > 0 ? [say`NAT keepalives are not drawn: ${listed(keepalives)}.`] : []),
    ...counted.filter(([count]) => count > 0).map(([count, what]) => say`${count} ${what}`),
  ];
}

/** The ladder with the names of its two peers. */
export function namedLadder(ladder: Ladder, names: AddressNames): Ladder {
  const named = (peer: LadderPeer): LadderPeer => {
    const name = names.of(peer.address);
    return name === null ? peer : { ...peer, about: [name, ...peer.about] };
  };
  return { ...ladder, left: named(ladder.left), right: named(ladder.right) };
}
