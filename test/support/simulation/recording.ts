import { CaptureReader } from "../../../src/capture/reader.js";
import { analyze, type Judgement } from "../../../src/index.js";
import { MemoryBytes } from "../capture/memory-bytes.js";
import { PcapngWriter } from "../capture/pcapng-writer.js";
import { ethernet } from "../packet/index.js";
import { arp } from "../scenario/frames.js";
import { STORY_BEGINS } from "../scenario/scenario.js";
import type { Draws } from "./draws.js";
import type { SeenFrame } from "./datagram.js";

/** How a simulated tunnel was captured. */
export interface Recording {
  readonly name: string;
  readonly from: number;
  readonly until: number;
  readonly snapLength: number;
  readonly filter: Filter;
  readonly copies: 1 | 2;
  /** Frames are written up to so many seconds early or late. */
  readonly disorder: number;
}

type Filter = keyof typeof FILTERS;

interface Ends {
  readonly client: string;
  readonly responder: string;
}

const FILTERS = {
  none: () => true,
  "udp port 500": ({ ports }: SeenFrame) => ports.includes(500),
  "udp port 500 or udp port 4500": ({ ports }: SeenFrame) => ports.includes(500) || ports.includes(4500),
  "host responder": ({ from }: SeenFrame) => from !== null,
  "src host responder": ({ source }: SeenFrame, { responder }: Ends) => source === responder,
  "src host client": ({ source }: SeenFrame, { client }: Ends) => source === client,
  esp: ({ protocol }: SeenFrame) => protocol === 50,
} as const;

export const WHOLE: Recording = {
  name: "whole",
  from: 0,
  until: Infinity,
  snapLength: 0,
  filter: "none",
  copies: 1,
  disorder: 0,
};

/** A recording as people make them: begun late, stopped at once, filtered, cut. */
export function drawRecording(draws: Draws, end: number): Recording {
  const from = draws.chance(0.4) ? 0 : draws.between(0, end * 0.8);
  const until = draws.chance(0.3)
    ? Infinity
    : from + draws.pick([0.05, 0.3, 1, 5, 20, 60, 200]) * draws.between(0.5, 1.5);
  const snapLength = draws.chance(0.6) ? 0 : draws.pick([64, 68, 96, 128]);
  const filter = draws.chance(0.4) ? "none" : draws.pick(Object.keys(FILTERS) as Filter[]);
  const copies = draws.chance(0.1) ? 2 : 1;
  const disorder = draws.chance(0.1) ? 0.001 : 0;
  const name = [
    `${from.toFixed(2)} to ${until.toFixed(2)}`,
    ...(snapLength > 0 ? [`snap ${snapLength}`] : []),
    ...(filter === "none" ? [] : [filter]),
    ...(copies > 1 ? ["copies"] : []),
    ...(disorder > 0 ? ["disorder"] : []),
  ].join(", ");
  return { name, from, until, snapLength, filter, copies, disorder };
}

/** The frames that the recording holds, with frames of others if no filter was on. */
export function recorded(
  frames: readonly SeenFrame[],
  end: number,
  recording: Recording,
  draws: Draws,
): readonly SeenFrame[] {
  const { from, until, filter, copies, disorder } = recording;
  const responder = "198.51.100.20";
  const client = frames.find((frame) => frame.from === "initiator")?.source ?? "";
  const others = filter === "none" ? noise(end) : [];
  const kept = [...frames, ...others]
    .filter(({ time }) => time >= from && time < until)
    .filter((frame) => FILTERS[filter](frame, { client, responder }));
  return kept
    .flatMap((frame) =>
      Array.from({ length: copies }, (_, copy) => ({ ...frame, time: frame.time + copy * 0.000_03 })),
    )
    .map((frame) => ({ at: frame.time + disorder * draws.between(-0.5, 0.5), frame }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, frame }) => ({ ...frame, time: disorder > 0 ? at : frame.time }));
}

/** The capture file of frames. */
export function fileOf(frames: readonly SeenFrame[], snapLength: number): Uint8Array {
  const file = new PcapngWriter().section();
  file.interface({ linkType: 1, snapLength });
  for (const { time, bytes } of frames) {
    const kept = snapLength > 0 ? bytes.subarray(0, snapLength) : bytes;
    file.packet({
      time: STORY_BEGINS + Math.round(time * 1_000_000),
      bytes: kept,
      originalLength: bytes.length,
    });
  }
  return file.build();
}

export async function judgeFile(file: Uint8Array): Promise<Judgement> {
  const { judgement, error } = await analyze(new CaptureReader(new MemoryBytes(file)));
  if (error !== null) throw error;
  return judgement;
}

function noise(end: number): SeenFrame[] {
  return Array.from({ length: Math.ceil(end / 5) }, (_, index) => ({
    time: Math.min(end - 0.000_001, index * 5 + 2),
    from: null,
    bytes: ethernet({ type: 0x0806, payload: arp() }),
    source: "",
    protocol: 0,
    ports: [],
    purpose: { kind: "other" },
  }));
}
