import { expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/reader.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { checks, Counting, deletes, HOUR, pings } from "../support/live/lives.js";
import { replay } from "../support/live/replay.js";
import { captureFile } from "../support/scenario/capture-file.js";
import { every, scenario, setsUp } from "../support/scenario/index.js";
import { STORIES } from "../score/generated/index.js";
import type { Story } from "../score/generated/story.js";

/**
 * The rule of the first looks at tunnels with one setup only: of several clients behind an address each has ports of its own. In the
 * second a life on UDP 4500 shows that the port works, and another rule tells the silence.
 */
const APART: ReadonlySet<string> = new Set(["esp-from-another-port", "aggressive-3-lost-4500"]);

const FAILING = STORIES.filter(
  ({ name, status, recording }) => status === "failing" && recording === undefined && !APART.has(name),
);

/** Critical codes that are raised once the story begins, behind a healthy life between the same peers of so many hours. */
async function raised({ options = {}, tell }: Story, hours: number): Promise<string[]> {
  const talk = scenario(options);
  tell(talk);
  const life = scenario(options);
  const sa = Array.from({ length: 50 }, () => life.newSa()).at(-1) ?? life.sa;
  const end = hours * HOUR - 900;
  if (hours > 0) {
    const ids = new Counting(sa);
    setsUp(life, { sa });
    checks(life, ids, every(60, 30, end));
    pings(life, every(60, 31, end), 1000);
    deletes(life, ids, end + 30, 8);
  }
  const begins = hours * HOUR;
  life.frames.push(...talk.frames.map((frame) => ({ ...frame, time: frame.time + begins })));
  const source = new CaptureReader(new MemoryBytes(captureFile(life)));
  const { events } = await replay(source, { after: 60_000_000, tick: 400_000 });
  return events.flatMap((event) =>
    event.kind === "finding-raised" && event.finding.severity === "critical" ? [event.finding.code] : [],
  );
}

it.each(FAILING.map((story) => [story.name, story] as const))(
  "%s is raised behind a healthy life as it is alone",
  async (_name, story) => {
    const root = story.findings[0];
    const alone = await raised(story, 0);
    if (root !== undefined && alone.includes(root)) expect(await raised(story, 2)).toContain(root);
  },
);
