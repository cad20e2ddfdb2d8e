import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { IKESCOPE } from "../../support/live/live-run.js";
import { itIf } from "../../support/require.js";

const ROOT = new URL("../../../", import.meta.url);
const PAGE = readFileSync(new URL("docs/fleet/batch.md", ROOT), "utf8");
/** The examples of the page, as they stand there. */
const EXAMPLES = [...PAGE.matchAll(/```\n([^`]+)```/g)].map(([, text = ""]) => text);
/** Another program of the same name is in moreutils. */
const HAS_PARALLEL = String(spawnSync("parallel", ["--version"]).stdout).startsWith("GNU parallel");
const GATEWAYS = 7;
const TIMEOUT = 120_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ikescope-examples-"));
  for (let at = 0; at < GATEWAYS; at++) {
    const there = join(folder, "captures", `gateway-${at}`);
    mkdirSync(there, { recursive: true });
    const file = join(there, "trace.pcap");
    copyFileSync(fileURLToPath(new URL("pcaps/path-lost-initiator.pcap", ROOT)), file);
    const old = Date.now() / 1000 - 3600;
    utimesSync(file, old, old);
  }
  mkdirSync(join(folder, "results"));
  mkdirSync(join(folder, "bin"));
  program("ikescope", `exec '${process.execPath}' '${IKESCOPE}' "$@"`);
  // It would run the package of that name.
  program("npx", 'exec "$@"');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, line: string): void {
  const file = join(folder, "bin", name);
  writeFileSync(file, `#!/bin/sh\n${line}\n`);
  chmodSync(file, 0o755);
}

/** The example with that in it, its captures and results in the folder of the test. */
function exampleWith(words: string): string {
  const [text, ...others] = EXAMPLES.filter((example) => example.includes(words));
  if (text === undefined || others.length > 0)
    throw new Error(`docs/fleet/batch.md: one example has ${words}`);
  return text.replaceAll(/(?<![\w.])\/(captures|results)(?=\/)/g, join(folder, "$1"));
}

/** The same with so many shards instead of 32. */
function withShards(text: string, shards: number): string {
  expect(text.match(/\b32\b/g)?.length).toBe(2);
  return text.replaceAll(/\b32\b/g, String(shards));
}

function runs(
  command: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv = {},
): { readonly status: number | null; readonly said: string } {
  const [name, ...args] = command;
  const { status, stdout, stderr } = spawnSync(name, args, {
    cwd: folder,
    env: { ...process.env, PATH: `${join(folder, "bin")}:${process.env["PATH"]}`, ...env },
    encoding: "utf8",
  });
  return { status, said: stdout + stderr };
}

/** The gateways of all units in the files of rows, one for each time that one is there. */
function unitsIn(where: string): string[] {
  return readdirSync(where)
    .filter((name) => name.endsWith(".ndjson"))
    .flatMap((name) => readFileSync(join(where, name), "utf8").trim().split("\n"))
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { readonly row: string; readonly gateway: string })
    .flatMap(({ row, gateway }) => (row === "unit" ? [gateway] : []))
    .toSorted();
}

const ALL = Array.from({ length: GATEWAYS }, (_, at) => `gateway-${at}`);

describe("the examples of docs/fleet/batch.md", () => {
  it(
    "judge every unit once in one run",
    () => {
      expect(runs(["sh", "-c", exampleWith("-o rows.ndjson")]).status).toBe(0);
      expect(unitsIn(folder)).toEqual(ALL);
    },
    TIMEOUT,
  );

  itIf(HAS_PARALLEL, "no GNU parallel")(
    "judge every unit once by GNU parallel",
    () => {
      const { status, said } = runs(["sh", "-c", exampleWith("parallel ")], { HOME: folder });
      expect([status, said]).toEqual([0, expect.stringContaining("units judged")]);
      expect(unitsIn(folder)).toEqual(ALL);
      expect(readdirSync(folder).filter((name) => name.endsWith(".ndjson"))).toHaveLength(8);
    },
    TIMEOUT,
  );

  it(
    "judge every unit once by a Slurm array, also where a task is started again",
    () => {
      const script = join(folder, "batch.sh");
      const text = withShards(exampleWith("#SBATCH"), 3);
      expect(text).toContain("#SBATCH --array=1-3\n");
      writeFileSync(script, text);
      expect(runs(["bash", "-n", script])).toEqual({ status: 0, said: "" });
      for (const task of ["1", "2", "3", "2"]) {
        expect(runs(["bash", script], { SLURM_ARRAY_TASK_ID: task }).status).toBe(0);
      }
      expect(unitsIn(join(folder, "results"))).toEqual(ALL);
    },
    TIMEOUT,
  );

  it(
    "judge every unit once by a Kubernetes job, also where a pod is started again",
    () => {
      const job = parse(withShards(exampleWith("kind: Job"), 3)) as KubernetesJob;
      const { completions, completionMode, template } = job.spec;
      expect([job.apiVersion, completionMode, completions]).toEqual(["batch/v1", "Indexed", 3]);
      const { containers, volumes, restartPolicy } = template.spec;
      expect(restartPolicy).toBe("OnFailure");
      const [container] = containers;
      if (container === undefined) throw new Error("no container");
      // Each mount has its volume, and is the folder that the command names.
      expect(container.volumeMounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name));
      expect(container.volumeMounts.map(({ mountPath }) => mountPath)).toEqual(["/captures", "/results"]);
      const [name = "", ...args] = [...container.command, ...container.args];
      for (const index of ["0", "1", "2", "0"]) {
        const { status, said } = runs([name, ...args], { JOB_COMPLETION_INDEX: index });
        expect([status, said]).toEqual([0, expect.stringContaining("units judged")]);
      }
      expect(unitsIn(join(folder, "results"))).toEqual(ALL);
    },
    TIMEOUT,
  );
});

/** The part of a job that decides what runs with what. */
interface KubernetesJob {
  readonly apiVersion: string;
  readonly spec: {
    readonly completions: number;
    readonly completionMode: string;
    readonly template: {
      readonly spec: {
        readonly restartPolicy: string;
        readonly containers: readonly {
          readonly command: readonly string[];
          readonly args: readonly string[];
          readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
        }[];
        readonly volumes: readonly { readonly name: string }[];
      };
    };
  };
}
