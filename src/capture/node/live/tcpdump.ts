import { execFile } from "node:child_process";
import { LiveError } from "./live-capture.js";
import { findProgram } from "./programs.js";
import type { Said, Tool } from "./tool.js";

/**
 * tcpdump without --immediate-mode: so packets of a quiet link come up to a second late, and 100,000 packets/s cost an
 * eighth of a core instead of three quarters (docs/decisions/0013-live-sources.md). Started as root it goes
 * on as its own user, as its makers want it; root can still signal it.
 */
export const TCPDUMP: Tool = {
  backend: "tcpdump",
  clock: "kernel",
  permissionAdvice:
    "run ikescope as root, or once as root: setcap cap_net_raw,cap_net_admin+eip $(command -v tcpdump)",

  command(options) {
    const snap = ["-s", String(options.snapLength), "-B", String(options.bufferKiB)];
    return [program(), "-i", options.interface, "-n", "-U", "-w", "-", ...snap, "--", options.filter];
  },

  hear(line): Said {
    if (/\blistening on .* link-type /.test(line)) return { kind: "running" };
    const drops = /(?:^|, )(\d+) packets? dropped by kernel/.exec(line)?.[1];
    if (drops !== undefined) return { kind: "drops", count: Number(drops) };
    if (/interface (?:disappeared|went down)/.test(line)) return { kind: "interface-gone" };
    return /\d packets? (?:captured|received by filter|dropped by interface)/.test(line)
      ? { kind: "noise" }
      : { kind: "words" };
  },

  /** It names many faults of filters, each in words of its own: where it compiles none at all, the filter is not at fault. */
  async blamesFilter(options) {
    const compiles = (filter: string): Promise<boolean> =>
      succeeds(program(), ["-i", options.interface, "-d", "--", filter]);
    return options.filter !== "" && !(await compiles(options.filter)) && (await compiles(""));
  },
};

function program(): string {
  const found = findProgram("tcpdump");
  switch (found.kind) {
    case "program":
      return found.path;
    case "forbidden":
      throw new LiveError(
        "permission",
        "this user may not run tcpdump: run ikescope as root or let others execute it",
      );
    case "missing":
      throw new LiveError(
        "missing-tool",
        "tcpdump is not installed: apt install tcpdump (Debian, Ubuntu) or dnf install tcpdump (RHEL, Fedora)",
      );
  }
}

function succeeds(path: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(path, args, { timeout: 5000, killSignal: "SIGKILL" }, (error) => resolve(error === null));
  });
}
