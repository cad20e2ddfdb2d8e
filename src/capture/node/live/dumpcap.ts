import { LiveError } from "./live-capture.js";
import { findProgram } from "./programs.js";
import type { Said, Tool } from "./tool.js";
import { say } from "../../../texts/message.js";

const GROUP_ADVICE =
  "join the group wireshark (usermod -a -G wireshark USER, then log in again; on Debian first dpkg-reconfigure wireshark-common)";

/** dumpcap of Wireshark. It tells its losses when it ends, and a signal that asks for them would end it. */
export const DUMPCAP: Tool = {
  backend: "dumpcap",
  clock: "kernel",
  permissionAdvice: `run ikescope as root, or ${GROUP_ADVICE}`,

  command(options) {
    const mebibytes = Math.max(1, Math.ceil(options.bufferKiB / 1024));
    const size = ["-s", String(options.snapLength), "-B", String(mebibytes)];
    const filter = options.filter === "" ? [] : ["-f", options.filter];
    return [program(), "-q", "-w", "-", "-P", "-i", options.interface, ...size, ...filter];
  },

  hear(line): Said {
    // "Capturing on" comes before it has tried to.
    if (line.startsWith("File: ")) return { kind: "running" };
    const losses = /received\/dropped on interface .*: \d+\/(\d+) \(/.exec(line)?.[1];
    if (losses !== undefined) return { kind: "drops", count: Number(losses) };
    if (/no longer attached|network adapter .* gone/.test(line)) return { kind: "interface-gone" };
    const reason = /isn't a valid capture filter \((.*)\)\.?$/.exec(line)?.[1];
    if (reason !== undefined) return { kind: "bad-filter", reason };
    return /^(?:Capturing on |Packets captured: |$)/.test(line) ? { kind: "noise" } : { kind: "words" };
  },
};

function program(): string {
  const found = findProgram("dumpcap");
  switch (found.kind) {
    case "program":
      return found.path;
    case "forbidden":
      throw new LiveError("permission", say`this user may not run dumpcap: ${GROUP_ADVICE}`);
    case "missing":
      throw new LiveError(
        "missing-tool",
        "dumpcap is not installed: apt install wireshark-common (Debian, Ubuntu) or dnf install wireshark-cli (RHEL, Fedora)",
      );
  }
}
