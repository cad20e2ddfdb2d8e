import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attempt, run } from "../../../pcaps/lab/shell.js";
import { eventually } from "./eventually.js";
import { IKESCOPE, LiveRun } from "./live-run.js";
import { Cable } from "./network.js";

export interface SiteRun {
  /** The command instead of that of the repository. */
  readonly program?: string;
  /** Who to be by --user, root where not given; null leaves that to the command. */
  readonly user?: string | null;
  readonly env?: NodeJS.ProcessEnv;
  /** False for a reader of standard output that stands still. */
  readonly isHeard?: boolean;
}

/** A gateway for one test: an interface of its own that packets come to, a folder, and programs that end with the test. */
export class Site {
  readonly cable: Cable;
  /** Everybody may read it. */
  readonly folder = mkdtempSync(join(tmpdir(), "ikescope-site-"));
  readonly #runs: LiveRun[] = [];
  readonly #players: Promise<void>[] = [];

  private constructor(name: string) {
    this.cable = new Cable(name);
    chmodSync(this.folder, 0o755);
  }

  /** Builds a site, and takes it away whatever `body` does. The name tells it from those of other tests. */
  static async during(name: string, body: (site: Site) => Promise<void>): Promise<void> {
    const site = new Site(name);
    try {
      await site.cable.lay();
      await body(site);
    } finally {
      await site.#remove();
    }
  }

  /** Runs `ikescope live` on the interface. */
  live(args: readonly string[], how: SiteRun = {}): LiveRun {
    return this.run(this.command(args, how), how);
  }

  /** The command line of that. */
  command(args: readonly string[], { program = IKESCOPE, user = "root" }: SiteRun = {}): string[] {
    const who = user === null ? [] : ["--user", user];
    return [process.execPath, program, "live", "-i", this.cable.watched, ...who, ...args];
  }

  /** Runs any command at the watched end. */
  run(command: readonly string[], { env, isHeard }: SiteRun = {}): LiveRun {
    const started = new LiveRun([...this.cable.inside, ...command], env, isHeard);
    this.#runs.push(started);
    return started;
  }

  /** Begins to send a capture of pcaps/ with the pauses that it was recorded with. */
  plays(capture: string): void {
    // What is still under way at the end of the test loses its interface.
    this.#players.push(this.cable.play(pcap(capture)).catch(() => {}));
  }

  /** What is served at the watched end's loopback. */
  async fetch(url: string): Promise<string> {
    const script = "fetch(process.argv[1]).then((r) => r.text()).then((t) => process.stdout.write(t))";
    const [program, ...args] = [...this.cable.inside, process.execPath, "-e", script, url];
    return run(program, args);
  }

  /** Waits until no process is left at the watched end. */
  async isDeserted(): Promise<true> {
    let left: readonly number[] = [];
    return eventually(
      () => `the end of ${left.map(commandOf).join(", ")}`,
      async () => {
        left = await this.cable.processes();
        return left.length === 0 ? true : undefined;
      },
    );
  }

  /** The process of that name at the watched end. */
  async processOf(name: string): Promise<number> {
    return eventually(
      () => `a process ${name}`,
      async () => (await this.cable.processes()).find((pid) => commandOf(pid) === name),
    );
  }

  async #remove(): Promise<void> {
    for (const started of this.#runs) await started.kill();
    for (const pid of await this.cable.processes().catch(() => [])) await attempt("kill", ["-9", `${pid}`]);
    await this.cable.unplug().catch(() => {});
    await Promise.all(this.#players);
    await this.cable.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The path of a capture of the lab. */
export function pcap(name: string): string {
  return new URL(`../../../pcaps/${name}.pcap`, import.meta.url).pathname;
}

/** The name of the program of a process; empty where it has ended. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return "";
  }
}
