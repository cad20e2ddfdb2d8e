import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CAP_WORDS } from "./cap-words.js";
import { LiveError } from "./live-capture.js";
import type { Said, Tool } from "./tool.js";

const MISSING_ADVICE =
  "the npm package cap is not installed or not built: npm install cap beside ikescope, which takes libpcap-dev and build-essential (Debian, Ubuntu) or libpcap-devel, gcc-c++ and make (RHEL, Fedora)";

/** tools/bundle.ts makes the child of one file; from the bundle, from dist/ and from src/ it lies elsewhere. */
const CHILD_PLACES = ["./cap-child.cjs", "../../../cli/cap-child.cjs", "../../../../dist/cli/cap-child.cjs"];

/**
 * The npm package `cap`, in a process of its own: it aborts its process when the interface goes down or away, and when a
 * handle that could not be opened is collected.
 */
export const CAP: Tool = {
  backend: "cap",
  clock: "host",
  permissionAdvice:
    "run ikescope as root, or give its service AmbientCapabilities=CAP_NET_RAW (systemd), or install tcpdump",

  command(options) {
    const child = CHILD_PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((path) =>
      existsSync(path),
    );
    if (child === undefined) throw new LiveError("missing-tool", MISSING_ADVICE);
    return [process.execPath, child, JSON.stringify(options)];
  },

  hear(line): Said {
    const said = (word: string): string | null =>
      line.startsWith(word) ? line.slice(word.length).trim() : null;
    if (line === CAP_WORDS.running) return { kind: "running" };
    const lost = said(CAP_WORDS.lost);
    // The losses of the kernel are not known, so a queue that lost nothing proves nothing.
    if (lost !== null) return lost === "0" ? { kind: "noise" } : { kind: "drops", count: Number(lost) };
    const reason = said(CAP_WORDS.badFilter);
    if (reason !== null) return { kind: "bad-filter", reason };
    if (said(CAP_WORDS.missing) !== null) return { kind: "missing", advice: MISSING_ADVICE };
    if (line.includes("Assertion `status == 0' failed")) return { kind: "interface-gone" };
    // It says so of every interface without an IPv4 address.
    return line.endsWith("This may not actually work") ? { kind: "noise" } : { kind: "words" };
  },
};
