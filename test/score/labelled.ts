import { fileURLToPath } from "node:url";
import { openCaptures } from "../../src/capture/node/open.js";
import { CaptureReader } from "../../src/capture/reader.js";
import type { CaptureSource } from "../../src/index.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { captureFile } from "../support/scenario/capture-file.js";
import { scenario } from "../support/scenario/index.js";
import { CONFIRMED_BY } from "./generated/confirmed-by.js";
import { DECIDED_AT, SOON_ACCEPT } from "./generated/decided-at.js";
import { STORIES } from "./generated/index.js";
import type { Story } from "./generated/story.js";
import { PCAPS, readTruth, type Truth } from "./truth.js";

/** A capture and what is true of it. */
export interface Labelled {
  readonly truth: Truth;
  readonly open: () => Promise<CaptureSource>;
}

const byFolder = new Map<string, readonly Labelled[]>();

/** The captures of the laboratory in a folder; the same objects each time, by which `judgeLabelled` knows them. */
export function recorded(folder: URL = PCAPS): readonly Labelled[] {
  const known = byFolder.get(folder.href);
  if (known !== undefined) return known;
  const captures = readTruth(folder).map((truth) => ({
    truth,
    open: () => openCaptures([fileURLToPath(new URL(truth.file, folder))]),
  }));
  byFolder.set(folder.href, captures);
  return captures;
}

/** One of the laboratory's captures by the name of its file. Throws where there is none. */
export function recordedAs(file: string): Labelled {
  const found = recorded().find(({ truth }) => truth.file === `${file}.pcap`);
  if (found === undefined) throw new Error(`there is no label for ${file}.pcap`);
  return found;
}

const told: readonly Labelled[] = STORIES.map((story) => ({
  truth: truthOf(story),
  open: () => Promise.resolve(sourceOf(story)),
}));

/** The captures that are told: each is written to a capture file in memory and read from there; the same objects each time. */
export function generated(): readonly Labelled[] {
  return told;
}

function truthOf(story: Story): Truth {
  const { name, description, status, failingPhase, findings } = story;
  return {
    file: `generated/${name}`,
    scenario: name,
    origin: "generated",
    description,
    vantage: story.vantage ?? "between",
    status,
    failingPhase,
    findings,
    info: story.info ?? [],
    nearMissOf: story.nearMissOf ?? [],
    confirmedBy: CONFIRMED_BY[name] ?? [],
    ...(Object.hasOwn(DECIDED_AT, name) ? { decidedAt: DECIDED_AT[name] } : {}),
    soonAccept: SOON_ACCEPT[name] ?? [],
  };
}

function sourceOf(story: Story): CaptureSource {
  return new CaptureReader(new MemoryBytes(storyFile(story), [], `generated/${story.name}`));
}

/** A story as the capture file that tells it. */
export function storyFile({ options, tell, recording }: Story): Uint8Array {
  const talk = scenario(options);
  tell(talk);
  return captureFile(talk, recording);
}
