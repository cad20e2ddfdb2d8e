import { randomBytes } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Address } from "../../bytes/address.js";
import { frameNumber, type FrameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import type { EspStream } from "../../esp/stream.js";
import type { Finding } from "../../diagnosis/finding.js";
import { BetweenPeers } from "../../extract/live/between-peers.js";
import { keysBetween } from "../../extract/live/frame-keeper.js";
import { type GatheredFrame, Gathering } from "../../extract/live/gathering.js";
import { FramesSource } from "../../capture/frames-source.js";
import { tunnelEvidence, type TunnelSubject } from "../../extract/live/tunnel-evidence.js";
import { AnonymizedSource, decodeMessages, tapEsp } from "../../index.js";
import { type KeptFrame, keptFrame } from "../../live/recent/kept-frame.js";
import type { RecentFrames } from "../../live/recent-frames.js";
import type { LiveBytesMessage } from "../../report/html/live/data.js";
import { pageMessage } from "../../report/html/messages.js";
import { printableData } from "../../report/html/printable-data.js";
import type { Texts } from "../../texts/texts.js";
import { BinsByFields, StreamBins, type TimeBins } from "../../report/html/traffic/stream-bins.js";
import { passOver } from "./pass-over.js";
import { TrafficPass } from "./traffic-pass.js";

/** Bytes of a frame that are shown; a message has no more by itself. */
const MOST_OF_FRAME = 4096;
/** Frames before and after a message among which its IP fragments and TCP segments are looked for, and their bytes. */
const FRAMES_AROUND = 256;
const BYTES_AROUND = 4 * 1024 * 1024;
/** An anonymized file's key, which nobody keeps. */
const KEY_BYTES = 32;

/** Packets of a tunnel for the page, out of what a live capture remembers. Null and nothing where it does not any more. */
export class PagePackets {
  readonly #recent: RecentFrames;
  readonly #application: string;

  constructor(recent: RecentFrames, application: string) {
    this.#recent = recent;
    this.#application = application;
  }

  /** The bytes of a message of a tunnel that came in a frame, among others maybe, and its fields in the language of `texts`. */
  async messageOf(
    addresses: readonly Address[],
    frame: number,
    texts: Texts,
  ): Promise<LiveBytesMessage | null> {
    return messageIn(this.#framesAround(addresses, frame), frame, texts);
  }

  /** The first bytes of a frame between the ends of a tunnel. */
  frameOf(addresses: readonly Address[], frame: number): LiveBytesMessage | null {
    const found = this.#framesAround(addresses, frame).find((one) => frameNumber(one.frame) === frame);
    return found === undefined ? null : bytesMessage(found.bytes.subarray(0, MOST_OF_FRAME), []);
  }

  /** All that is remembered of a tunnel, as pcapng; null where that is nothing. */
  async evidenceOf(
    subject: TunnelSubject,
    addresses: readonly Address[],
    isAnonymized: boolean,
  ): Promise<Uint8Array | null> {
    const frames = await this.#gathered(addresses, subject.findings);
    // The newest frame of all may be anybody's.
    if (frames.every(({ kind }) => kind === "landmark")) return null;
    const written = isAnonymized ? await anonymized(frames) : frames;
    return Buffer.concat([...tunnelEvidence(written, subject, isAnonymized, this.#application)]);
  }

  /** Time of the oldest packet that is remembered; null where none is. */
  get oldest(): Micros | null {
    const search = this.#recent.search();
    return search.next() ? search.record.time : null;
  }

  /** Counts what is remembered of streams between `addresses`, up to the frame of that number. */
  async trafficOf(
    streams: readonly EspStream[],
    addresses: readonly Address[],
    bins: TimeBins,
    lastFrame: number,
  ): Promise<readonly StreamBins[]> {
    const counted = streams.map((stream) => new StreamBins(stream, bins));
    const pass = new TrafficPass(this.#recent.search(), addresses, bins, lastFrame);
    const tap = new BinsByFields(counted);
    for (;;) {
      const frames = pass.step();
      if (frames === null) return counted;
      if (frames.length > 0) await tapEsp(new FramesSource(frames), tap);
      await setImmediate();
    }
  }

  async #gathered(addresses: readonly Address[], findings: readonly Finding[]): Promise<GatheredFrame[]> {
    const cited = findings.flatMap(({ evidence }) => evidence.map(({ frame }) => frame));
    const gathering = new Gathering(this.#recent, { tunnels: keysBetween(addresses), addresses, cited });
    await passOver(gathering);
    return gathering.frames();
  }

  /** The kept frames of a tunnel, and those between its ends that are remembered around the one of that number, each once. */
  #framesAround(addresses: readonly Address[], frame: number): KeptFrame[] {
    const frames = new Map<FrameRef, KeptFrame>();
    for (const key of keysBetween(addresses)) {
      for (const kept of this.#recent.framesOf(key)) frames.set(kept.frame, kept);
    }
    const peers = new BetweenPeers(addresses);
    const search = this.#recent.search(frame - FRAMES_AROUND);
    const { record } = search;
    for (let bytes = 0; search.next() && record.frame <= frame + FRAMES_AROUND;) {
      if (record.frame < frame - FRAMES_AROUND || peers.has(record) === false) continue;
      if (bytes > BYTES_AROUND && record.frame !== frame) continue;
      frames.set(record.frame, keptFrame(record, record.frame));
      bytes += record.end - record.start;
    }
    return [...frames.values()].toSorted((a, b) => a.frame - b.frame);
  }
}

async function messageIn(
  kept: readonly KeptFrame[],
  frame: number,
  texts: Texts,
): Promise<LiveBytesMessage | null> {
  const reading = new AbortController();
  let found: LiveBytesMessage | null = null;
  await decodeMessages(
    new FramesSource(kept),
    {
      message: ({ message, bytes, sighting }) => {
        if (found !== null || !sighting.frames.some((one) => frameNumber(one) === frame)) return;
        found = bytesMessage(bytes, pageMessage(message, texts, bytes).fields);
        reading.abort();
      },
      malformed: () => undefined,
    },
    { signal: reading.signal },
  );
  return found;
}

function bytesMessage(bytes: Uint8Array, fields: LiveBytesMessage["fields"]): LiveBytesMessage {
  return printableData({ bytes: Buffer.from(bytes).toString("base64"), fields });
}

/** The frames behind replaced addresses, SPIs and names, by a key of their own. */
async function anonymized(frames: readonly GatheredFrame[]): Promise<GatheredFrame[]> {
  const source = new AnonymizedSource(new FramesSource(frames), randomBytes(KEY_BYTES));
  const kinds = new Map(frames.map(({ frame, kind }) => [frame, kind]));
  const replaced: GatheredFrame[] = [];
  const { record } = source;
  do {
    while (source.next()) {
      const { frame } = record;
      replaced.push({ ...keptFrame(record, frame), kind: kinds.get(frame) ?? "other" });
    }
  } while (await source.fill());
  await source.close();
  return replaced;
}
