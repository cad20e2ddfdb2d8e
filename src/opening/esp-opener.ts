import { u32At } from "../bytes/reader.js";
import type { EspOpener, EspSighting } from "../session/intake/openers.js";
import type { OpenedStream } from "../session/model/opened.js";
import { isComputable } from "./cipher.js";
import type { EspCandidate } from "./child-keys.js";
import type { EspSaTable } from "./esp-sa-table.js";
import { highsOf, isChecked, isFor, statedIcv, withOtherIcv } from "./esp-candidates.js";
import { espSaLine } from "./esp-sa-line.js";
import { type EspContent, openEsp } from "./esp-seal.js";
import { addToFlow, type KeyedStream, newStream, openedStream, streamName } from "./esp-stream.js";
import { innerPacket, type InnerPacket } from "./inner-packet.js";
import type { KeyAccounts } from "./key-account.js";
import type { CryptoProvider } from "./provider.js";

/** Packets of a stream that are opened: the first ones, and then each power of two. */
const MOST_OPENED = 64;
const FIRST_OPENED = 16;
/** Streams with keys; more are counted by nobody here. */
const MOST_STREAMS = 20_000;
const MOST_WRONG = 8;
/** Attempts on a stream that no key opens, after which none is tried. */
const MOST_FAILURES = 4;
/** Opens some packets of each ESP stream for whose SPI there is a key, and keeps of the inside who talks to whom. */
export class StreamOpener implements EspOpener {
  readonly #provider: CryptoProvider;
  readonly #table: EspSaTable;
  readonly #accounts: KeyAccounts;
  readonly #streams = new Map<string, KeyedStream>();
  /** SPIs of the streams: thousands of keys are looked up. */
  readonly #spis = new Set<number>();

  constructor(provider: CryptoProvider, table: EspSaTable, accounts: KeyAccounts) {
    this.#provider = provider;
    this.#table = table;
    this.#accounts = accounts;
  }

  packet(bytes: Uint8Array, start: number, end: number, seen: EspSighting): void {
    const spi = u32At(bytes, start);
    const candidates = this.#table.of(spi);
    if (candidates.length === 0) return;
    const stream = this.#streamOf(spi, seen);
    if (stream === null) return;
    stream.seen++;
    const isPower = (stream.seen & (stream.seen - 1)) === 0;
    if (stream.seen > FIRST_OPENED && !isPower) return;
    if (stream.opened >= MOST_OPENED || (stream.fitting === null && stream.failures >= MOST_FAILURES)) return;
    const packet = bytes.slice(start, end);
    if (stream.fitting !== null) this.#openFitting(stream, stream.fitting, packet, seen);
    else this.#openFirst(stream, candidates, packet, seen);
  }

  /** Everything that was opened, a stream each. */
  streams(): OpenedStream[] {
    return [...this.#streams.values()].flatMap((stream) => openedStream(stream) ?? []);
  }

  /** The opened packets of that stream; null where none were. */
  streamOf(spi: number, source: string, destination: string): OpenedStream | null {
    const stream = this.#streams.get(streamName(spi, source, destination));
    return stream === undefined ? null : openedStream(stream);
  }

  /** The keys of each opened stream as lines of Wireshark's esp_sa, for an output that somebody asked keys for. */
  secretLines(): { readonly lines: readonly string[]; readonly withoutName: number } {
    const lines = [...this.#streams.values()].flatMap(({ fitting, ...stream }) =>
      fitting === null ? [] : [espSaLine({ ...stream, candidate: fitting })],
    );
    const known = lines.filter((line) => line !== null);
    return { lines: known, withoutName: lines.length - known.length };
  }

  /** Streams for whose SPI there are keys, none of which opens them. */
  unopened(): { readonly spi: number; readonly source: string; readonly destination: string }[] {
    return [...this.#streams.values()]
      .filter(({ fitting, failures }) => fitting === null && failures > 0)
      .map(({ spi, source, destination }) => ({ spi, source, destination }));
  }

  /** Whether packets with that SPI were seen. */
  knows(spi: number): boolean {
    return this.#spis.has(spi);
  }

  /** Whether there are keys that may open packets with that SPI. */
  hasKeys(spi: number): boolean {
    return this.#table.of(spi).length > 0;
  }

  #streamOf(spi: number, { source, destination }: EspSighting): KeyedStream | null {
    const [from, to] = [source(), destination()];
    const name = streamName(spi, from, to);
    const known = this.#streams.get(name);
    if (known !== undefined || this.#streams.size >= MOST_STREAMS) return known ?? null;
    const stream = newStream(spi, from, to);
    this.#streams.set(name, stream);
    this.#spis.add(spi);
    return stream;
  }

  #openFirst(
    stream: KeyedStream,
    candidates: readonly EspCandidate[],
    packet: Uint8Array,
    seen: EspSighting,
  ): void {
    for (const candidate of [...candidates, ...candidates.flatMap(withOtherIcv)]) {
      if (!isFor(candidate, stream)) continue;
      if (!isComputable(this.#provider, candidate.protection.cipher)) {
        if (candidate.key.kind === "esp") this.#accounts.of(candidate.key).suite ??= "unsupported";
        continue;
      }
      const content = this.#content(candidate, packet, highsOf(candidate, null));
      if (content === null) continue;
      const inner = innerPacket(content.content, content.nextHeader);
      // If nothing checks the packet, what came out has to be one.
      if (!isChecked(candidate) && (inner?.mode !== "tunnel" || !content.paddingFits)) continue;
      stream.fitting = candidate;
      stream.statedIcv = statedIcv(candidate, candidates);
      this.#take(stream, candidate, content, inner, seen);
      return;
    }
    stream.failures++;
    for (const { key } of candidates) {
      if (key.kind === "esp" && !key.oneOfTwo) this.#accounts.of(key).integrityMisfits++;
    }
  }

  #openFitting(stream: KeyedStream, candidate: EspCandidate, packet: Uint8Array, seen: EspSighting): void {
    const content = this.#content(candidate, packet, highsOf(candidate, stream.high));
    if (content === null) {
      stream.wrong++;
      if (stream.wrongIcv.length < MOST_WRONG) stream.wrongIcv.push({ frame: seen.frame, time: seen.time });
      return;
    }
    this.#take(stream, candidate, content, innerPacket(content.content, content.nextHeader), seen);
  }

  #content(
    candidate: EspCandidate,
    packet: Uint8Array,
    highs: readonly (number | null)[],
  ): EspContent | null {
    const opened = openEsp(this.#provider, candidate.protection, candidate.keys, packet, highs);
    if (opened.ok) return opened;
    if (opened.reason === "cipher" && candidate.key.kind === "esp" && !candidate.key.oneOfTwo) {
      this.#accounts.of(candidate.key).cipherMisfits++;
    }
    return null;
  }

  #take(
    stream: KeyedStream,
    { key }: EspCandidate,
    { high, paddingFits }: EspContent,
    inner: InnerPacket | null,
    seen: EspSighting,
  ): void {
    stream.opened++;
    stream.high = high;
    if (!paddingFits) stream.wrongPadding++;
    this.#accounts.opened(key, `ESP 0x${stream.spi.toString(16).padStart(8, "0")}`);
    if (inner === null) return;
    if (stream.mode === "other") stream.mode = inner.mode;
    addToFlow(stream, inner, seen);
  }
}
