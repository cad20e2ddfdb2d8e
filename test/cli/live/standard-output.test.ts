import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOW } from "../../support/live/events.js";
import { itIf } from "../../support/require.js";
import { until } from "../../support/until.js";

const scratch = mkdtempSync(join(tmpdir(), "ikescope-stdout-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const PROGRAM = join(scratch, "program.cjs");
const RUN = `'${process.execPath}' '${PROGRAM}'`;

/** Writes numbered events to standard output, as many as its argument says; ends with 5 where its reader went away. */
const SOURCE = `
  import { EventOutput } from "./src/cli/live/event-output.ts";
  import { standardOutput } from "./src/cli/live/line-target.ts";
  import { inEnglish } from "./src/texts/texts.ts";

  async function main() {
    const format = { event: (event) => event.text ?? "?", lost: (count) => "lost " + count };
    const output = new EventOutput(standardOutput(), format, {
      say: (message) => process.stderr.write(inEnglish(message) + "\\n"),
      onGone: () => process.exit(5),
      limits: { lines: 500, bytes: 1e6 },
    });
    for (let number = 1; number <= Number(process.argv[2]); number++) {
      output.event({ kind: "capture-started", time: ${NOW}, text: String(number) });
      if (number % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    output.event({ kind: "ended", time: ${NOW}, text: "the end" });
    process.stderr.write("all given\\n");
    process.exit((await output.end(20_000)) ? 0 : 6);
  }

  void main();`;

beforeAll(() =>
  build({
    stdin: { contents: SOURCE, resolveDir: ROOT, loader: "ts" },
    outfile: PROGRAM,
    bundle: true,
    platform: "node",
  }),
);

function shell(command: string): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  return spawnSync("bash", ["--norc", "-c", command], { cwd: ROOT, encoding: "utf8", timeout: 50_000 });
}

/** Numbers that are there or counted as lost. */
function accounted(text: string): number {
  const lines = text.trim().split(/\r?\n/);
  const lost = lines.flatMap((line) => /^lost (\d+)$/.exec(line)?.[1] ?? []).map(Number);
  return lines.filter((line) => /^\d+$/.test(line)).length + lost.reduce((sum, count) => sum + count, 0);
}

describe("events on standard output", () => {
  it("of a pipe come in order, and all", () => {
    const { stdout, stderr } = shell(`(${RUN} 3000) | cat`);
    expect(accounted(stdout)).toBe(3000);
    expect(stdout.endsWith("the end\n")).toBe(true);
    expect(stderr).toBe("all given\n");
  });

  it("are appended to a file that the shell opened", () => {
    const file = join(scratch, "file");
    const { status } = shell(`echo before > '${file}'; (${RUN} 2000) >> '${file}'`);
    expect(status).toBe(0);
    const text = readFileSync(file, "utf8");
    expect(text.startsWith("before\n1\n")).toBe(true);
    expect(accounted(text)).toBe(2000);
  });

  it("whose reader goes away tell the program, which ends in its own way", () => {
    const { stdout } = shell(`(${RUN} 1000000; echo $? >&3) 3>'${scratch}/status' | head -n 3`);
    expect(stdout).toBe("1\n2\n3\n");
    expect(readFileSync(join(scratch, "status"), "utf8")).toBe("5\n");
  });

  it("that nobody reads do not hold the program up", () => {
    const said = join(scratch, "said");
    // Nothing is read until the program has gone through all its events.
    const reader = `until grep -q 'all given' '${said}'; do sleep 0.05; done; cat`;
    const { stdout } = shell(`touch '${said}'; (${RUN} 60000 2>'${said}') | (${reader})`);
    expect(accounted(stdout)).toBe(60_000);
    expect(stdout).toMatch(/^lost \d+$/m);
    expect(readFileSync(said, "utf8")).toBe("all given\n");
  });

  itIf(spawnSync("script", ["--version"]).status === 0, "script")(
    "that is a terminal which nobody reads do not hold the program up either",
    async () => {
      const log = join(scratch, "typescript.err");
      const child = spawn("script", ["-qefc", `${RUN} 60000 2>'${log}'`, "/dev/null"], {
        cwd: ROOT,
        stdio: ["ignore", "pipe", "inherit"],
      });
      const ended = new Promise((resolve) => child.on("close", resolve));
      const said = (): string => {
        try {
          return readFileSync(log, "utf8");
        } catch {
          return "";
        }
      };
      // Nothing is read from the terminal until the program has gone through all its events.
      await until(() => said().includes("all given"));
      let text = "";
      child.stdout.setEncoding("utf8").on("data", (more: string) => (text += more));
      expect(await ended).toBe(0);
      expect(said()).toBe("all given\n");
      expect(accounted(text)).toBe(60_000);
      expect(text).toMatch(/^lost \d+\r?$/m);
    },
  );
});
