import { type ChildProcess, spawn, spawnSync } from "node:child_process";

/** Debian's package puts it where only root's PATH looks. */
const PROGRAM = ["nats-server", "/usr/sbin/nats-server"].find(
  (name) => spawnSync(name, ["--version"]).error === undefined,
);
export const HAS_NATS_SERVER = PROGRAM !== undefined;

/** A nats-server of one configuration file, which can be started again and again. */
export class NatsProcess {
  readonly #file: string;
  #child: ChildProcess | null = null;
  #log = "";

  constructor(file: string) {
    this.#file = file;
  }

  /** All that it has said since it was started last, or since {@link forgetLog}. */
  get log(): string {
    return this.#log;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null;
  }

  start(): void {
    this.#log = "";
    const child = spawn(PROGRAM ?? "", ["-c", this.#file], { stdio: ["ignore", "ignore", "pipe"] });
    child.stderr.on("data", (text: Buffer) => (this.#log += text.toString()));
    this.#child = child;
  }

  forgetLog(): void {
    this.#log = "";
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  async stop(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    const over = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await over;
  }
}
