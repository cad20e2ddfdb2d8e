import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it, vi } from "vitest";
import { AnonymizedSource } from "../../../src/anonymize/source.js";
import { openCaptures } from "../../../src/capture/node/open.js";
import { judgeStepwise } from "../../../src/diagnosis/judge.js";
import { analyze, renderJson } from "../../../src/index.js";
import { Intake } from "../../../src/session/intake/intake.js";
import { GrowingIkeSa } from "../../../src/session/log/ike-sa.js";
import type { SessionModel } from "../../../src/session/model.js";
import { MOST_FOR_FOURFOLD, timesOfQuarter } from "../../support/growth.js";
import { hostNear } from "../../support/host/beside.js";
import { type Shape, SHAPES } from "./shapes.js";

const LABORATORY = fileURLToPath(new URL("../../../pcaps/", import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "ikescope-growth-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written({ name, write }: Shape, size: number): string {
  const path = join(folder, `${name}-${size}.pcap`);
  write(path, size);
  return path;
}

/** Reads and judges a capture together with what stands beside it, and renders its report. */
async function report(path: string, { beside }: Shape): Promise<void> {
  const more = beside?.(path);
  const captures = more?.kind === "capture" ? [path, more.path] : [path];
  const log = more?.kind === "log" ? readFileSync(more.path, "utf8") : null;
  const { judgement } = await analyze(await openCaptures(captures), {
    reopen: (only, clocks) => openCaptures(captures, { clocks, ...(only === null ? {} : { only }) }),
    ...(log === null ? {} : { hosts: async (near) => [await hostNear(near ?? 0, log)] }),
  });
  let length = 0;
  for (const piece of renderJson(judgement, "0")) length += piece.length;
  expect(length).toBeGreaterThan(0);
}

describe("four times as much of a shape", () => {
  it.each(SHAPES.map((shape) => [shape.name, shape] as const))(
    "costs about four times the processor time, not sixteen: %s",
    { timeout: 120_000 },
    async (_name, shape) => {
      const [quarter, whole] = [written(shape, shape.small / 4), written(shape, shape.small)];
      const ratio = await timesOfQuarter(
        async () => report(quarter, shape),
        async () => report(whole, shape),
      );
      expect(ratio).toBeLessThanOrEqual(MOST_FOR_FOURFOLD);
    },
  );
});

async function modelOf(paths: readonly string[]): Promise<SessionModel> {
  const intake = new Intake();
  for (const path of paths) {
    // With a key of its own each capture has addresses of its own, and so tunnels.
    const source = new AnonymizedSource(await openCaptures([path]), new TextEncoder().encode(path));
    do while (source.next()) intake.frame(source.record);
    while (await source.fill());
    await source.close();
  }
  return intake.finish();
}

/** Judgements of one tunnel in which more than one was opened. */
function openingOthers(model: SessionModel): number {
  const owners = new Map<unknown, unknown>(
    model.tunnels.flatMap((tunnel) => tunnel.ikeSas.map((sa) => [sa, tunnel] as const)),
  );
  const open = vi.spyOn(GrowingIkeSa.prototype, "open");
  try {
    const steps = judgeStepwise(model, [], {});
    let found = 0;
    for (const _ of model.tunnels) {
      open.mockClear();
      steps.next(false);
      if (new Set(open.mock.contexts.map((sa) => owners.get(sa))).size > 1) found++;
    }
    return found;
  } finally {
    open.mockRestore();
  }
}

describe("the judgement of a tunnel", () => {
  it.each(
    SHAPES.filter(({ name }) => !/^(gateway|small)-/.test(name)).map((shape) => [shape.name, shape] as const),
  )("opens no other tunnel than that: %s", { timeout: 120_000 }, async (_name, shape) => {
    expect(openingOthers(await modelOf([written(shape, shape.small / 2)]))).toBe(0);
  });

  it("opens no other tunnel than that, whatever fails: all captures of the laboratory at once", async () => {
    const captures = readdirSync(LABORATORY).filter((name) => name.endsWith(".pcap"));
    const model = await modelOf(captures.map((name) => join(LABORATORY, name)));
    expect(model.tunnels.length).toBeGreaterThan(captures.length / 2);
    expect(openingOthers(model)).toBe(0);
  });
});

describe("a judgement that is ended early", () => {
  it("says how many tunnels it has not come to, and calls nothing healthy", async () => {
    const shape = SHAPES.find(({ name }) => name === "setups");
    if (shape === undefined) throw new Error("there is no such shape");
    const model = await modelOf([written(shape, 10)]);
    const steps = judgeStepwise(model, [], {});
    steps.next(false);
    const step = steps.next(true);
    if (step.done !== true) throw new Error("it goes on");
    expect(step.value).toMatchObject({ status: "nothing-to-judge", notJudged: 9 });
    expect(step.value.headline).toBe("stopped: 9 of 10 tunnels are not judged");
  });
});
