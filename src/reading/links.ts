import { humanDuration, type Micros } from "../bytes/time.js";
import { ChosenFrames } from "../capture/chosen.js";
import { ClockedSource } from "../capture/clocked.js";
import { captureNote } from "../capture/note.js";
import { MergedSource } from "../capture/merge.js";
import type { CaptureNote, CaptureRecord, CaptureSource, CaptureSummary } from "../capture/source.js";
import { clocksOf } from "../diagnosis/places/clocks.js";
import type { Place } from "../session/model.js";
import { type Message, say } from "../texts/message.js";
import type { Segment } from "../session/cooked-hosts.js";
import { SegmentMap } from "../session/segment-map.js";
import { isAborted } from "./abort.js";
import type { ComparedSession } from "./compared.js";
import { readFrames } from "./frames.js";
import type { Reopen } from "./reopen.js";
import { readPlace } from "./place.js";
import { readSession, type Session, type SessionOptions } from "./session.js";

/** A capture of more links is no two captures that were joined, and each costs a reading. */
const MOST_LINKS = 8;

/**
 * Reads the links of the one capture by themselves, as if each had a file of its own: captures of both ends may have been joined into
 * one, or a router captured on all its interfaces. Null where there is one link only, or too many. Where the clocks of the links
 * differ, or the file holds one behind the other, all is read again with the links in order of their times.
 */
export async function readLinks(
  first: Session,
  reopen: Reopen,
  { signal, opener }: SessionOptions,
): Promise<ComparedSession | null> {
  const map = new SegmentMap();
  await readFrames(await reopen(0, []), { frame: (record) => map.learn(record) }, { signal });
  const links = map.join();
  if (links.length < 2 || links.length > MOST_LINKS || isAborted(signal)) return null;

  const open: OpenLink = async (link, ahead) => {
    const isOn = (record: CaptureRecord): boolean => map.of(record) === (link?.key ?? null);
    const frames = new ChosenFrames(await reopen(0, []), isOn);
    return ahead === 0 ? frames : new ClockedSource(frames, ahead);
  };
  const raw = await readEach(links, [], open, signal);
  const clocks = clocksOf(raw.places);
  const isOneClock = clocks.every((ahead) => ahead === 0);
  if (isOneClock && isInOrder(first.files, raw.files)) return { ...first, places: raw.places, clocks: [] };

  // By which clock a frame of no link was captured is not known: where clocks differ, none is read.
  const parts = isOneClock ? [...links, null] : links;
  const sources = await Promise.all(parts.map((link, index) => open(link, clocks[index] ?? 0)));
  const all = await readSession(new MergedSource(sources), { signal, opener });
  const { places, files } = isOneClock ? raw : await readEach(links, clocks, open, signal);
  return {
    ...all,
    files: first.files.map((file) => inOrder(file, files, notesOf(links, clocks, file, files))),
    places,
    clocks: [],
  };
}

/** Opens the frames of a link, or of none, by a clock that is so far ahead. */
type OpenLink = (link: Segment | null, ahead: Micros) => Promise<CaptureSource>;

/** Reads each link by itself, with its summary as that of a file. */
async function readEach(
  links: readonly Segment[],
  clocks: readonly Micros[],
  open: OpenLink,
  signal: AbortSignal | undefined,
): Promise<{ readonly places: readonly Place[]; readonly files: readonly CaptureSummary[] }> {
  const places: Place[] = [];
  const files: CaptureSummary[] = [];
  for (const [index, link] of links.entries()) {
    const clockAhead = clocks[index] ?? 0;
    const source = await open(link, clockAhead);
    const read = await readPlace(source, { capture: 0, segment: link.name, clockAhead }, signal);
    places.push(read.place);
    files.push(...read.files);
  }
  return { places, files };
}

/** Whether the time goes back from one frame of the file to the next by no more than it does on one of its links. */
function isInOrder(files: readonly CaptureSummary[], links: readonly CaptureSummary[]): boolean {
  return largestStepBack(files) <= largestStepBack(links);
}

function largestStepBack(files: readonly CaptureSummary[]): Micros {
  return Math.max(0, ...files.map(({ stepBack }) => stepBack?.by ?? 0));
}

/** The file as it is read with its links in order of time. */
function inOrder(
  file: CaptureSummary,
  links: readonly CaptureSummary[],
  notes: readonly CaptureNote[],
): CaptureSummary {
  const times = links
    .flatMap(({ firstTime, lastTime }) => [firstTime, lastTime])
    .filter((time) => time !== null);
  const stepsBack = links.map(({ stepBack }) => stepBack).filter((step) => step !== null);
  return {
    ...file,
    firstTime: Math.min(...times),
    lastTime: Math.max(...times),
    stepBack: stepsBack.toSorted((a, b) => b.by - a.by)[0] ?? null,
    notes: [...file.notes, ...notes],
  };
}

/** Notes on corrected clocks, and on links that were left out for them. */
function notesOf(
  links: readonly Segment[],
  clocks: readonly Micros[],
  file: CaptureSummary,
  read: readonly CaptureSummary[],
): CaptureNote[] {
  const texts = links.flatMap(({ name }, index): Message[] => {
    const ahead = clocks[index] ?? 0;
    if (ahead === 0) return [];
    const by = humanDuration(Math.abs(ahead));
    return [
      ahead > 0
        ? say`the clock of the link ${name} is ${by} ahead of that of the link it was compared with; its times are given without that`
        : say`the clock of the link ${name} is ${by} behind that of the link it was compared with; its times are given without that`,
    ];
  });
  const left = file.packets - read.reduce((sum, { packets }) => sum + packets, 0);
  if (texts.length > 0 && left > 0) {
    texts.push(
      say`${left} packets of no link that IPsec goes over are left out: which clock they have is not known`,
    );
  }
  return texts.map((text) => captureNote("clock-corrected", text));
}
