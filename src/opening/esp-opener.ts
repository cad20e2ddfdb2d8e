import { u32At } from "../bytes/reader.js";
import type { EspOpener, EspSighting } from "../session/intake/openers.js";
import type { InnerFlow, OpenedStream } from "../session/model/opened.js";
import { isComputable } from "./cipher.js";
import type { EspCandidate } from "./child-keys.js";
import type { EspSaTable } from "./esp-sa-table.js";
import { espSaLine } from "./esp-sa-line.js";
import { type EspContent, openEsp } from "./esp-seal.js";
import { innerPacket, type InnerPacket } from "./inner-packet.js";
import type { KeyAccounts } from "./key-account.js";
import type { CryptoProvider } from "./provider.js";

/** Packets of a stream that are opened: the first ones, and then each power of two. */
const MOST_OPENED = 64;
const FIRST_OPENED = 16;
/** Streams with keys; more are counted by nobody here. */
const MOST_STREAMS = 20_000;
const MOST_FLOWS = 256;
const MOST_WRONG = 8;
/** Attempts on a stream that no key opens, after which none is tried. */
const MOST_FAILURES = 4;
/** High halves of 64-bit sequence numbers that are tried first: a capture may begin in the first 2^34 packets. */
const FIRST_HIGHS: readonly number[] = [0, 1, 2, 3];
/** Bytes of a key of HMAC-SHA2-256 and of its ICVs (RFC 4868 2.3; the 96 bits of its drafts). */
const SHA256_KEY = 32;
const SHA256_ICVS = [12, 16] as const;
const TCP = { fin: 1, syn: 2, rst: 4 } as const;

interface Stream {
  readonly spi: number;
  readonly source: string;
  readonly destination: string;
  seen: number;
  opened: number;
  fitting: EspCandidate | null;
  failures: number;
  high: number | null;
  mode: OpenedStream["mode"];
  wrongPadding: number;
  readonly wrongIcv: { readonly frame: number; readonly time: number }[];
  wrong: number;
  statedIcv: OpenedStream["statedIcv"];
  readonly flows: Map<string, Flow>;
  otherFlows: number;
}

type Flow = { -readonly [K in keyof InnerFlow]: InnerFlow[K] };

/** Opens some packets of each ESP stream for whose SPI there is a key, and keeps of the inside who talks to whom. */
export class StreamOpener implements EspOpener {
  readonly #provider: CryptoProvider;
  readonly #table: EspSaTable;
  readonly #accounts: KeyAccounts;
  readonly #streams = new Map<string, Stream>();
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

  /** What was opened of that stream; null where nothing was. */
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

  #streamOf(spi: number, { source, destination }: EspSighting): Stream | null {
    const [from, to] = [source(), destination()];
    const name = streamName(spi, from, to);
    const known = this.#streams.get(name);
    if (known !== undefined || this.#streams.size >= MOST_STREAMS) return known ?? null;
    const stream: Stream = {
      spi,
      source: from,
      destination: to,
      seen: 0,
      opened: 0,
      fitting: null,
      failures: 0,
      high: null,
      mode: "other",
      wrongPadding: 0,
      wrongIcv: [],
      wrong: 0,
      statedIcv: null,
      flows: new Map(),
      otherFlows: 0,
    };
    this.#streams.set(name, stream);
    this.#spis.add(spi);
    return stream;
  }

  #openFirst(
    stream: Stream,
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

  #openFitting(stream: Stream, candidate: EspCandidate, packet: Uint8Array, seen: EspSighting): void {
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
    stream: Stream,
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

function streamName(spi: number, source: string, destination: string): string {
  return `${spi} ${source} ${destination}`;
}

function openedStream(stream: Stream): OpenedStream | null {
  const { fitting, high, flows, otherFlows } = stream;
  if (fitting === null) return null;
  const { spi, source, destination, mode, opened, wrongIcv, wrong, statedIcv, wrongPadding } = stream;
  return {
    spi,
    source,
    destination,
    by: fitting.by,
    mode,
    opened,
    wrongIcv,
    wrong,
    statedIcv,
    wrongPadding,
    esn: high !== null,
    flows: [...flows.values()],
    otherFlows,
  };
}

function addToFlow(stream: Stream, inner: InnerPacket, { frame, time }: EspSighting): void {
  const source = inner.source ?? stream.source;
  const destination = inner.destination ?? stream.destination;
  const { protocol, sourcePort, destinationPort, icmpType, tcpFlags, length } = inner;
  const name = `${source} ${destination} ${protocol} ${sourcePort} ${destinationPort} ${icmpType}`;
  let flow = stream.flows.get(name);
  if (flow === undefined) {
    if (stream.flows.size >= MOST_FLOWS) {
      stream.otherFlows++;
      return;
    }
    flow = {
      source,
      destination,
      protocol,
      sourcePort,
      destinationPort,
      icmpType,
      packets: 0,
      largest: 0,
      syn: 0,
      fin: 0,
      rst: 0,
      first: { frame, time },
    };
    stream.flows.set(name, flow);
  }
  flow.packets++;
  if (length > flow.largest) flow.largest = length;
  const flags = tcpFlags ?? 0;
  if ((flags & TCP.syn) !== 0) flow.syn++;
  if ((flags & TCP.fin) !== 0) flow.fin++;
  if ((flags & TCP.rst) !== 0) flow.rst++;
}

/** NAT changes addresses, so that only those of the other direction speak against a key; the SPI and the ICV decide. */
function isFor({ from, to }: EspCandidate, { source, destination }: Stream): boolean {
  return from === null || to === null || from !== destination || to !== source;
}

/**
 * The same with an ICV of HMAC-SHA2-256 of 96 bits instead of 128, or the reverse: Linux before 2.6.33 and drafts before RFC 4868 cut
 * it to 96, and two ends that differ in it drop everything of each other.
 */
function withOtherIcv(candidate: EspCandidate): EspCandidate[] {
  const { integrity } = candidate.protection;
  if (integrity === null || integrity.keyLength !== SHA256_KEY) return [];
  const [short, long] = SHA256_ICVS;
  const icvLength = integrity.icvLength === long ? short : long;
  return [
    {
      ...candidate,
      protection: { ...candidate.protection, integrity: { ...integrity, icvLength } },
    },
  ];
}

function statedIcv(
  fitting: EspCandidate,
  candidates: readonly EspCandidate[],
): { readonly stated: number; readonly found: number } | null {
  const stated = candidates.find(({ key }) => key === fitting.key)?.protection.integrity?.icvLength;
  const found = fitting.protection.integrity?.icvLength;
  return stated === undefined || found === undefined || stated === found || candidates.includes(fitting)
    ? null
    : { stated, found };
}

function isChecked({ protection }: EspCandidate): boolean {
  const { cipher, integrity } = protection;
  return integrity !== null || cipher.mode === "aead" || cipher.mode === "gmac";
}

/** High halves of the sequence number to try; sources say wrongly that there are none, and Wireshark's tables say nothing. */
function highsOf({ esn }: EspCandidate, known: number | null): readonly (number | null)[] {
  if (known !== null) return [known, known + 1, null];
  return esn === true ? [...FIRST_HIGHS, null] : [null, ...FIRST_HIGHS];
}
