import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const PROMPT = "READY>";

export const HAS_TMUX = spawnSync("tmux", ["-V"]).status === 0;

/** A shell in a real terminal: a tmux server of its own, which is ended with it. */
export class TmuxShell {
  /** A folder for files that programs in the shell write. */
  readonly folder = mkdtempSync(join(tmpdir(), "ikescope-tmux-"));

  private constructor() {}

  static async start(columns: number, rows: number): Promise<TmuxShell> {
    const shell = new TmuxShell();
    const size = ["-x", String(columns), "-y", String(rows)];
    shell.#tmux("-f", "/dev/null", "new-session", "-d", ...size, "-c", ROOT, "bash", "--norc", "--noprofile");
    shell.type(`PS1='${PROMPT} '; unset NO_COLOR; clear`, "Enter");
    await shell.until((text) => text.trim() === PROMPT);
    return shell;
  }

  /** The command that shows the table of show.ts with these arguments. */
  show(...args: readonly string[]): string {
    return `${process.execPath} --import tsx test/support/live/show.ts ${args.join(" ")}`;
  }

  /** Text, or keys by the names that tmux has for them. */
  type(...keys: readonly string[]): void {
    this.#tmux("send-keys", ...keys);
  }

  /** The text that the terminal shows. */
  text(): string {
    return this.#tmux("capture-pane", "-p");
  }

  /** The same with what has scrolled away. */
  history(): string {
    return this.#tmux("capture-pane", "-p", "-S", "-");
  }

  /** The same with colours as escape sequences. */
  painted(): string {
    return this.#tmux("capture-pane", "-p", "-e");
  }

  resize(columns: number, rows: number): void {
    this.#tmux("resize-window", "-x", String(columns), "-y", String(rows));
  }

  /** The answer of tmux to a format such as "#{cursor_flag}". */
  ask(format: string): string {
    return this.#tmux("display-message", "-p", format).trim();
  }

  /**
   * Waits until the terminal shows what is wanted, twice alike since a screen may be half drawn, and gives that; throws with
   * what it shows where it never does. Numbers may differ: clocks go on, and a busy machine looks less often than they do.
   */
  async until(isWanted: (text: string) => boolean, seconds = 20): Promise<string> {
    const end = Date.now() + seconds * 1000;
    for (let before = ""; ;) {
      const text = this.text();
      const drawn = text.replaceAll(/\d/g, "0");
      if (drawn === before && isWanted(text)) return text;
      before = drawn;
      if (Date.now() > end) throw new Error(`the terminal shows\n${text}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Waits until the shell takes the next command. */
  async prompt(): Promise<string> {
    return this.until((text) => text.trimEnd().endsWith(PROMPT));
  }

  /** Ends the terminal, not the shell's programs, and leaves a new one in its place. */
  replace(): void {
    this.#tmux("new-window");
    this.#tmux("kill-window", "-t", ":0");
  }

  close(): void {
    this.#tmux("kill-server");
    rmSync(this.folder, { recursive: true });
  }

  #tmux(...args: readonly string[]): string {
    const env = { ...process.env, TERM: "xterm-256color", TMUX: "", LC_ALL: "C.UTF-8" };
    return execFileSync("tmux", ["-S", join(this.folder, "socket"), ...args], { env, encoding: "utf8" });
  }
}
