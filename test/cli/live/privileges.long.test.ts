import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { until } from "../../../pcaps/lab/shell.js";
import { itIf } from "../../support/require.js";

const SOURCE = fileURLToPath(new URL("../../support/live/dropping.ts", import.meta.url));
const NET_ADMIN_AND_NET_RAW = 0x3000;

function numberOf(...args: string[]): number {
  return Number(spawnSync("id", args, { encoding: "utf8" }).stdout);
}

const CAN_DROP = process.getuid?.() === 0 && spawnSync("setpriv", ["--version"]).status === 0;
const HAS_TCPDUMP = spawnSync("tcpdump", ["--version"]).status === 0;
const asRoot = itIf(CAN_DROP, "needs root and setpriv");

describe("ikescope that is started as root", () => {
  const folder = mkdtempSync(join(tmpdir(), "ikescope-drop-"));
  const program = join(folder, "dropping.cjs");
  beforeAll(async () => {
    chmodSync(folder, 0o755);
    await build({
      entryPoints: [SOURCE],
      outfile: program,
      bundle: true,
      platform: "node",
      format: "cjs",
      define: { "import.meta.url": JSON.stringify(import.meta.url) },
    });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function environment(changes: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    const { SUDO_USER: _, ...rest } = process.env;
    return { ...rest, ...changes };
  }

  /** Its exit status, and what it printed, line by line. */
  function run(args: readonly string[], changes: NodeJS.ProcessEnv = {}) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      env: environment(changes),
      encoding: "utf8",
    });
    const lines = stdout.split("\n").filter((line) => line !== "");
    return { status, lines, stderr, is: JSON.parse(lines[0] ?? "null") as Record<string, unknown> | null };
  }

  /** Starts it and waits until it works; gives the id of the process that does. */
  async function startWaiting() {
    const child = spawn(process.execPath, [program, "nobody", "wait"], {
      env: environment({}),
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    await until("it works", () => lines.length > 0);
    const { pid } = JSON.parse(lines[0] ?? "") as { readonly pid: number };
    return { child, lines, ended, pid };
  }

  asRoot("goes on as nobody, with the right to capture and no other", () => {
    const { status, is } = run([]);
    expect(is).toMatchObject({
      uid: numberOf("-u", "nobody"),
      gid: numberOf("-g", "nobody"),
      capabilities: NET_ADMIN_AND_NET_RAW,
      bounds: NET_ADMIN_AND_NET_RAW,
      noNewPrivileges: "1",
    });
    expect(status).toBe(7);
  });

  asRoot("goes on as who called sudo, unless that is root", () => {
    expect(run([], { SUDO_USER: "daemon" }).is?.["uid"]).toBe(numberOf("-u", "daemon"));
    expect(run([], { SUDO_USER: "root" }).is?.["uid"]).toBe(numberOf("-u", "nobody"));
  });

  asRoot("goes on as --user says, before all else", () => {
    expect(run(["daemon"], { SUDO_USER: "nobody" }).is?.["uid"]).toBe(numberOf("-u", "daemon"));
    expect(run(["root"], { SUDO_USER: "nobody" }).is).toMatchObject({ uid: 0, noNewPrivileges: "0" });
  });

  itIf(CAN_DROP && HAS_TCPDUMP, "needs root, setpriv and tcpdump")(
    "can capture then, by a tool that is not root either",
    () => {
      const { lines, stderr } = run(["", "capture"]);
      expect(stderr).toBe("");
      expect(lines[1]).toBe(String(numberOf("-u", "nobody")));
    },
  );

  asRoot("hands signals on, and passes the exit status back", async () => {
    for (const signal of ["SIGTERM", "SIGHUP", "SIGINT"] as const) {
      const { child, lines, ended } = await startWaiting();
      child.kill(signal);
      expect(await ended).toBe(9);
      expect(lines.at(-1)).toBe(signal);
    }
  });

  asRoot("says as a shell does that a signal ended the work", async () => {
    const { ended, pid } = await startWaiting();
    process.kill(pid, "SIGKILL");
    expect(await ended).toBe(128 + 9);
  });

  asRoot("takes the working process with it when it is killed itself", async () => {
    const { child, lines, ended } = await startWaiting();
    child.kill("SIGKILL");
    await ended;
    expect(lines.at(-1)).toBe("SIGTERM");
  });

  asRoot("says in one line that the other user cannot read it", () => {
    chmodSync(folder, 0o700);
    const { status, stderr } = run([]);
    chmodSync(folder, 0o755);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^ikescope: ikescope cannot go on as the user nobody \(.*\): install it where that user can read it, or say --user NAME, or --user root\n$/,
    );
  });

  asRoot("says in one line that setpriv is missing, and the ways out", () => {
    const { status, stderr } = run([], { PATH: "/nonexistent" });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^ikescope: .*setpriv, which is missing: install util-linux, or .*setcap .*\n$/);
  });

  asRoot("says that there is no such user", () => {
    const { status, stderr } = run(["no-such\u001buser"]);
    expect(status).toBe(2);
    expect(stderr).toBe("ikescope: there is no user no-such\\x1buser to go on as: --user takes another\n");
  });

  asRoot("is told apart from one that is not: --user needs root", () => {
    const someone = ["--reuid=daemon", "--regid=1", "--clear-groups", process.execPath, program];
    const { status, stderr } = spawnSync("setpriv", [...someone, "nobody"], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "ikescope: --user is for ikescope that is started as root\n",
    });
    expect(spawnSync("setpriv", [...someone, "daemon"]).status).toBe(7);
    expect(spawnSync("setpriv", someone).status).toBe(7);
  });
});
