import { humanDuration, type Micros } from "../bytes/time.js";
import { ChosenFrames } from "../capture/chosen.js";
import { ClockedSource } from "../capture/clocked.js";
import { MergedSource } from "../capture/merge.js";
import type { CaptureNote, CaptureSource, CaptureSummary } from "../capture/source.js";
import { clocksOf } from "../diagnosis/places/clocks.js";
import type { Place } from "../session/model.js";
import { type Segment, SegmentMap } from "../session/segment-map.js";
import { isAborted } from "./abort.js";
import type { ComparedSession } from "./compared.js";
import { readFrames } from "./frames.js";
import type { Reopen } from "./reopen.js";
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
  options: SessionOptions,
): Promise<ComparedSession | null> {
  const { signal, opener } = options;
  const onlySignal = signal === undefined ? {} : { signal };
  const map = new SegmentMap();
  await readFrames(await reopen(0, []), { frame: (record) => map.learn(record) }, onlySignal);
  const links = map.join();
  if (links.length < 2 || links.length > MOST_LINKS || isAborted(signal)) return null;

  /** The frames of one link, or of none. */
  const open = async (link: Segment | null, ahead: Micros): Promise<CaptureSource> => {
    const frames = new ChosenFrames(
      await reopen(0, []),
      (record) => map.of(record) === (link === null ? null : link.key),
    );
    return ahead === 0 ? frames : new ClockedSource(frames, ahead);
  };
  const readEach = async (clocks: readonly Micros[]) => {
    const [places, files]: [Place[], CaptureSummary[]] = [[], []];
    for (const [index, link] of links.entries()) {
      const { model, files: read } = await readSession(await open(link, clocks[index] ?? 0), onlySignal);
      const { tunnels, observations } = model;
      places.push({ capture: 0, segment: link.name, tunnels, observations });
      files.push(...read);
    }
    return { places, files };
  };

  const raw = await readEach([]);
  const clocks = clocksOf(raw.places);
  if (clocks.every((ahead) => ahead === 0) && isInOrder(first.files, raw.files)) {
    return { ...first, places: raw.places, clocks: [] };
  }
  const sources = [...links, null].map((link, index) => open(link, clocks[index] ?? 0));
  const { model, error } = await readSession(new MergedSource(await Promise.all(sources)), {
    ...onlySignal,
    ...(opener === undefined ? {} : { opener }),
  });
  const { places, files } = await readEach(clocks);
  const notes = links.flatMap(({ name }, index) => notesOf(name, clocks[index] ?? 0));
  return {
    model,
    error,
    files: first.files.map((file) => inOrder(file, files, notes)),
    places,
    clocks: [],
  };
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

function notesOf(link: string, ahead: Micros): CaptureNote[] {
  if (ahead === 0) return [];
  const by = humanDuration(Math.abs(ahead));
  const text = `the clock of the link ${link} is ${by} ${ahead > 0 ? "ahead of" : "behind"} that of the link it was compared with; its times are given without that`;
  return [{ kind: "clock-corrected", text }];
}
