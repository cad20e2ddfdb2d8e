import type { Address } from "./bytes/address.js";
import {
  CaptureError,
  type CaptureRecord,
  type CaptureSource,
  type CaptureSummary,
} from "./capture/source.js";
import { interruptedNote } from "./capture/interrupted.js";
import type { Micros } from "./bytes/time.js";
import { clocksOf } from "./diagnosis/places/clocks.js";
import { judgeStepwise } from "./diagnosis/judge.js";
import type { ToldProducts } from "./diagnosis/commands/told.js";
import type { Judgement } from "./diagnosis/judgement.js";
import { SegmentMap } from "./session/segment-map.js";
import { Segments } from "./session/segments.js";
import { capturesWorthComparing, joinsPlaces } from "./diagnosis/places/worth-comparing.js";
import type { HostRecords } from "./joint/host.js";
import { type JoinedHost, joinHosts } from "./joint/joined.js";
import type { EspKernel } from "./esp/kernel.js";
import type { Opener } from "./opening/opener.js";
import type { EspTap } from "./session/intake/esp-tap.js";
import { Intake, type IntakeOptions } from "./session/intake/intake.js";
import type { MessageTap } from "./session/intake/message-intake.js";
import type { KeptTunnel, Place, SessionModel } from "./session/model.js";

export { CaptureError, type ByteSource, type CaptureSource } from "./capture/source.js";
export type { Judgement, JudgedTunnel } from "./diagnosis/judgement.js";
export type { Finding, Phase, Scope, Status } from "./diagnosis/finding.js";
export type { Severity } from "./diagnosis/severity.js";
export type { EspTap } from "./session/intake/esp-tap.js";
export type { MessageTap } from "./session/intake/message-intake.js";
export { EspKernel } from "./esp/kernel.js";
export { Opener } from "./opening/opener.js";
export { KeyReader } from "./secrets/key-reader.js";
export type { KeyRing } from "./secrets/key.js";
export { renderCsv } from "./report/csv.js";
export { renderNdjson } from "./report/ndjson.js";
export { renderJson, toReport, type Report } from "./report/json.js";
export { renderHtml, renderHtmlPieces } from "./report/html/html.js";
export { renderLadder, type LadderOptions } from "./report/ladder.js";
export { renderMarkdown } from "./report/markdown/markdown.js";
export { renderText } from "./report/text.js";
export { type EvidenceSelection, selectEvidence } from "./report/evidence/selection.js";
export { AnonymizedSource } from "./anonymize/source.js";
export { Redactor } from "./anonymize/text/redactor.js";
export { extractEvidence, wholeCapture } from "./extract/extract.js";
export { LiveEngine, type LiveOptions } from "./live/engine.js";
export type { LiveEvent, LiveListener } from "./live/event.js";
export type { LiveSnapshot } from "./live/snapshot.js";

export interface AnalyzeOptions {
  /** Ends the reading early; what was read until then is judged. */
  readonly signal?: AbortSignal;
  /** Judge only the tunnels that have this address at one end. */
  readonly peer?: Address;
  /** Makes the ESP of a capture that is read into its chunk fast. */
  readonly kernel?: EspKernel;
  /** Opens the captures again; without it, files from several places are not compared. */
  readonly reopen?: Reopen;
  /** The captures are pieces of one, written in turns: what comes again in a later one was sent again. */
  readonly rotated?: boolean;
  /** Makes what opens what is encrypted, anew for each time that all is read. */
  readonly opener?: () => Opener;
  /** Called when all is read, before so many tunnels are judged: with thousands of them that takes seconds. */
  readonly onRead?: (tunnels: number) => void;
  /** Reads what hosts themselves say, once the time of the capture is known: stamps of logs may lack the year. */
  readonly hosts?: (near: Micros | null) => Promise<readonly HostRecords[]>;
  /** The products of whoever begins and of whoever answers, where they are known better than the capture shows. */
  readonly products?: ToldProducts;
  /** Asked while tunnels are judged, some twenty times a second: false ends it with the tunnels that are judged. */
  readonly goOn?: () => Promise<boolean>;
}

/**
 * Opens the captures that `analyze` has read once more: one of them by itself, or all (null), with what the clock of each shows
 * too much.
 */
export type Reopen = (only: number | null, clocks: readonly Micros[]) => Promise<CaptureSource>;

export interface Analysis {
  readonly judgement: Judgement;
  /** What hosts say, beside the capture. */
  readonly hosts: readonly JoinedHost[];
  /** Why a capture could not be read to its end; what was read before it is judged. Null where all was read. */
  readonly error: CaptureError | null;
  /** What the clock of each capture was found to show too much, by its index; empty where all agree. */
  readonly clocks: readonly Micros[];
  /** The ends of all tunnels where `peer` is at none of them; null where it is at one, or was not asked for. */
  readonly unmatched: readonly (readonly [Address, Address])[] | null;
}

/**
 * Reads a capture source to its end and judges every tunnel in it. Memory is bounded by tunnels, not by packets.
 * Closes the source. A source that cannot be read on gives `error`; anything else that it throws is passed on.
 */
export async function analyze(source: CaptureSource, options: AnalyzeOptions = {}): Promise<Analysis> {
  const first = await readSession(source, options);
  const { model, error, files, places, clocks } = await withPlaces(first, options);
  const tunnels = tunnelsOf(model, options);
  const unmatched =
    options.peer !== undefined && tunnels.length === 0
      ? model.tunnels.map(({ addresses }) => addresses)
      : null;
  options.onRead?.(tunnels.length);
  const records = (await options.hosts?.(model.observations.firstTime)) ?? [];
  const hosts = joinHosts(records, tunnels);
  const steps = judgeStepwise({ ...model, tunnels }, files, places, hosts, options.products);
  return { judgement: await inSlices(steps, options.goOn), hosts, error, clocks, unmatched };
}

/** Milliseconds of judging between two questions whether to go on. */
const SLICE = 50;

async function inSlices(
  steps: ReturnType<typeof judgeStepwise>,
  goOn: AnalyzeOptions["goOn"],
): Promise<Judgement> {
  let until = performance.now() + SLICE;
  for (let isToEnd = false; ;) {
    const step = steps.next(isToEnd);
    if (step.done === true) return step.value;
    if (goOn === undefined || performance.now() < until) continue;
    isToEnd = !(await goOn());
    until = performance.now() + SLICE;
  }
}

interface Reading {
  readonly model: SessionModel;
  readonly error: CaptureError | null;
  readonly files: readonly CaptureSummary[];
}

interface Compared extends Reading {
  readonly places: readonly Place[];
  readonly clocks: readonly Micros[];
}

/**
 * Files that hold the same packets, read one by one too. Where their clocks differ, all is read again with the clocks set
 * right: which packet answers which is told by time.
 */
async function withPlaces(first: Reading, options: AnalyzeOptions): Promise<Compared> {
  const { reopen, signal } = options;
  const none: Compared = { ...first, places: [], clocks: [] };
  if (isAborted(signal)) return none;
  const captures = capturesWorthComparing(
    tunnelsOf(first.model, options),
    first.files,
    options.rotated ?? false,
  );
  if (reopen === undefined) return none;
  if (first.files.length === 1 && joinsPlaces(tunnelsOf(first.model, options))) {
    const places = await readSegments(reopen, signal);
    return isAborted(signal) ? none : { ...none, places };
  }
  if (captures.length === 0) return none;
  const read = async (only: number | null, clocks: readonly Micros[]): Promise<Reading> =>
    readSession(await reopen(only, clocks), {
      ...(signal === undefined ? {} : { signal }),
      // What places hold is compared as it went over the wire.
      ...(only === null && options.opener !== undefined ? { opener: options.opener } : {}),
    });
  const readPlaces = async (clocks: readonly Micros[]): Promise<Place[]> => {
    const places: Place[] = [];
    for (const capture of captures) {
      const { tunnels, observations } = (await read(capture, clocks)).model;
      places.push({ capture, segment: null, tunnels, observations });
    }
    return places;
  };
  let places = await readPlaces([]);
  let all = first;
  const clocks = clocksOf(places);
  if (clocks.length > 0) {
    places = await readPlaces(clocks);
    all = await read(null, clocks);
  }
  // Half of a file proves nothing about what is missing in it.
  return isAborted(signal) ? none : { ...all, places, clocks };
}

function tunnelsOf({ tunnels }: SessionModel, { peer }: AnalyzeOptions): readonly KeptTunnel[] {
  return peer === undefined ? tunnels : tunnels.filter((tunnel) => hasPeer(tunnel, peer));
}

/** In a function of its own, so that what only the reading needs is free before the judgement. */
async function readSession(
  source: CaptureSource,
  { signal, kernel, opener: newOpener }: AnalyzeOptions,
): Promise<Reading> {
  const opener = newOpener?.();
  const intake = new Intake({ ...(kernel === undefined ? {} : { kernel }), ...openersOf(opener) });
  let error: CaptureError | null = null;
  let isWhole: boolean;
  try {
    isWhole = await readAll(source, intake, signal, (fault) => {
      error ??= fault;
    });
  } finally {
    await source.close();
  }
  const model = intake.finish();
  const files = source.summaries();
  return {
    model: opener === undefined ? model : { ...model, opened: opener },
    error,
    files: isWhole ? files : files.map((file) => ({ ...file, notes: [...file.notes, interruptedNote()] })),
  };
}

export interface DecodeOptions {
  readonly signal?: AbortSignal;
  /** Awaited after each piece of the capture that was read: where a slow reader of the output holds the reading up. */
  readonly pause?: () => Promise<void>;
  /** Opens what is encrypted. */
  readonly opener?: Opener;
}

/**
 * Hands every IKE message of a capture source to `tap`, in the order of the frames that complete them. Closes the source.
 * Gives the fault that kept a capture from being read to its end, or null.
 */
export async function decodeMessages(
  source: CaptureSource,
  tap: MessageTap,
  options: DecodeOptions = {},
): Promise<CaptureError | null> {
  return handedOn(source, new Intake({ tap, ...openersOf(options.opener) }), options);
}

/** Reads a source for what taps want of it. */
async function handedOn(
  source: CaptureSource,
  intake: Intake,
  options: Pick<DecodeOptions, "signal" | "pause">,
): Promise<CaptureError | null> {
  let error: CaptureError | null = null;
  try {
    await readAll(
      source,
      intake,
      options.signal,
      (fault) => {
        error ??= fault;
      },
      options.pause,
    );
    intake.finish();
  } finally {
    await source.close();
  }
  return error;
}

/** Messages are not even decoded where only ESP is of interest. */
const NO_MESSAGES: MessageTap = {
  undecoded: () => true,
  message: () => undefined,
  malformed: () => undefined,
};

/** Shows every ESP and AH packet of a capture source to `tap`, in the order of the frames. Closes the source. */
export async function tapEsp(
  source: CaptureSource,
  tap: EspTap,
  options: Pick<DecodeOptions, "signal" | "pause"> = {},
): Promise<CaptureError | null> {
  return handedOn(source, new Intake({ tap: NO_MESSAGES, espTap: tap }), options);
}

function openersOf(opener: Opener | undefined): Pick<IntakeOptions, "openers"> {
  return opener === undefined ? {} : { openers: { messages: opener, esp: opener.esp } };
}

/** Gives whether the source was read to its end. */
async function readAll(
  source: CaptureSource,
  intake: Intake,
  signal: AbortSignal | undefined,
  onFault: (fault: CaptureError) => void,
  pause?: () => Promise<void>,
): Promise<boolean> {
  const { record } = source;
  for (;;) {
    try {
      for (;;) {
        intake.skim(source);
        if (!source.next()) break;
        intake.frame(record);
      }
      if (pause !== undefined) await pause();
      if (isAborted(signal)) return false;
      const filled = await untilAborted(source.fill(), signal);
      if (filled === "aborted") return false;
      if (!filled) return true;
    } catch (fault) {
      // One file of several that is broken does not hide what the others hold.
      if (!(fault instanceof CaptureError)) throw fault;
      onFault(fault);
    }
  }
}

/** A capture of more links is no two captures that were joined, and each costs an intake. */
const MOST_SEGMENTS = 8;

/** What each link of the one capture shows; none where it shows one link only, or too many. */
async function readSegments(reopen: Reopen, signal: AbortSignal | undefined): Promise<Place[]> {
  const map = new SegmentMap();
  await eachFrame(await reopen(0, []), signal, (record) => map.learn(record));
  const count = map.join();
  if (count < 2 || count > MOST_SEGMENTS || signal?.aborted === true) return [];
  const segments = new Segments(map);
  await eachFrame(await reopen(0, []), signal, (record) => segments.frame(record));
  return segments.finish(0);
}

/** Hands on each frame of a source, and closes it. */
async function eachFrame(
  source: CaptureSource,
  signal: AbortSignal | undefined,
  take: (record: CaptureRecord) => void,
): Promise<void> {
  try {
    for (;;) {
      try {
        while (source.next()) take(source.record);
        if (isAborted(signal) || (await untilAborted(source.fill(), signal)) !== true) break;
      } catch (fault) {
        // Told of when it was read the first time.
        if (!(fault instanceof CaptureError)) throw fault;
      }
    }
  } finally {
    await source.close();
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted ?? false;
}

/** A pipe may stay silent for ever: an abort must not wait for its next packet. */
async function untilAborted(
  filled: Promise<boolean>,
  signal: AbortSignal | undefined,
): Promise<boolean | "aborted"> {
  if (signal === undefined) return filled;
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<"aborted">((resolve) => {
    onAbort = () => resolve("aborted");
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([filled, aborted]);
  } finally {
    if (onAbort !== undefined) signal.removeEventListener("abort", onAbort);
  }
}

function hasPeer(tunnel: KeptTunnel, peer: Address): boolean {
  return tunnel.addresses.includes(peer) || tunnel.aliases.some(({ address }) => address === peer);
}
