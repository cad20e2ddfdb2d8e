import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const programOf = (name: string): string | null =>
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file)) ?? null;

/** The server of this machine; null where there is none. */
export const PROMETHEUS = programOf("prometheus");
export const PROMTOOL = programOf("promtool");

/** The output of promtool, and whether it accepts its input. */
export function promtool(
  args: readonly string[],
  input = "",
): { readonly ok: boolean; readonly said: string } {
  if (PROMTOOL === null) throw new Error("there is no promtool");
  const { status, stdout, stderr } = spawnSync(PROMTOOL, args, { input, encoding: "utf8" });
  return { ok: status === 0, said: stdout + stderr };
}

/** Rules whose alerts fire as soon as their expression holds. */
export function impatient(rules: string): string {
  return rules.replaceAll(/^( +for:) .*$/gm, "$1 0s");
}

/** An alert as Prometheus tells it. */
export interface Alert {
  readonly state: "pending" | "firing";
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A Prometheus of its own: a free port of loopback, an empty folder, a look at its one target each second. */
export class Prometheus {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #api: string;

  private constructor(child: ChildProcess, folder: string, address: string) {
    this.#child = child;
    this.#folder = folder;
    this.#api = `http://${address}/api/v1`;
  }

  /** `url` is what to scrape, as the job "ikescope"; `rules` the text of a file of rules. */
  static async start(url: string, rules: string): Promise<Prometheus> {
    if (PROMETHEUS === null) throw new Error("there is no Prometheus");
    const { host, pathname } = new URL(url);
    const folder = mkdtempSync(join(tmpdir(), "ikescope-prometheus-"));
    writeFileSync(join(folder, "rules.yml"), rules);
    writeFileSync(
      join(folder, "prometheus.yml"),
      [
        "global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }",
        "rule_files: [rules.yml]",
        "scrape_configs:",
        "  - job_name: ikescope",
        `    metrics_path: ${pathname}`,
        `    static_configs: [{ targets: ["${host}"] }]`,
      ].join("\n"),
    );
    const child = spawn(
      PROMETHEUS,
      [
        "--config.file=prometheus.yml",
        "--storage.tsdb.path=data",
        // It says in its log which port that is.
        "--web.listen-address=127.0.0.1:0",
      ],
      { cwd: folder, stdio: ["ignore", "ignore", "pipe"] },
    );
    try {
      return new Prometheus(child, folder, await readyAt(child));
    } catch (fault) {
      await end(child, folder);
      throw fault;
    }
  }

  /** The values that an expression has now, with their labels. */
  async query(
    expression: string,
  ): Promise<readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[]> {
    const { result } = (await this.#get(`query?query=${encodeURIComponent(expression)}`)) as {
      readonly result: readonly {
        readonly metric: Record<string, string>;
        readonly value: readonly [number, string];
      }[];
    };
    return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
  }

  /** Alerts that are pending or firing now. */
  async alerts(): Promise<readonly Alert[]> {
    const { alerts } = (await this.#get("alerts")) as { readonly alerts: readonly Alert[] };
    return alerts;
  }

  /** What `probe` finds, asked again and again until it is something; fails with `what` after half a minute. */
  async until<Found>(what: string, probe: () => Promise<Found | undefined>): Promise<Found> {
    for (let tries = 0; tries < 150; tries++) {
      const found = await probe();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`in vain: ${what}`);
  }

  /** Ends it and removes its folder. */
  async stop(): Promise<void> {
    await end(this.#child, this.#folder);
  }

  async #get(path: string): Promise<unknown> {
    const response = await fetch(`${this.#api}/${path}`);
    const { status, data, error } = (await response.json()) as {
      readonly status: string;
      readonly data: unknown;
      readonly error?: string;
    };
    if (status !== "success") throw new Error(`Prometheus: ${error ?? status}`);
    return data;
  }
}

/** Host and port of a Prometheus that is ready; rejects with its log where it ends before. */
async function readyAt(child: ChildProcess): Promise<string> {
  let log = "";
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", () => reject(new Error(`Prometheus ended:\n${log}`)));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      log += text;
      const address = /msg="Listening on" address=(\S+)/.exec(log)?.[1];
      if (address !== undefined && log.includes("Server is ready")) resolve(address);
    });
  });
}

async function end(child: ChildProcess, folder: string): Promise<void> {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    const ended = once(child, "exit");
    const patience = setTimeout(() => child.kill("SIGKILL"), 10_000);
    child.kill("SIGTERM");
    await ended;
    clearTimeout(patience);
  }
  rmSync(folder, { recursive: true, force: true });
}
