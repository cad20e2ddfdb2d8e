/** The kernel's own SAs, changed by hand as a fail-over, a fault or an administrator would. */
import { ends, type End, type Topology } from "./topology.js";

/** One SA as `ip xfrm state` prints it: what it is known by, and the arguments that make it anew. */
export interface SecurityAssociation {
  id: string[];
  settings: string[];
}

/** The SAs whose packets an end sends, as they stand. */
export async function outgoing(topology: Topology, end: End): Promise<SecurityAssociation[]> {
  const printed = await topology.exec(end, ["ip", "xfrm", "state"]);
  return printed
    .split(/^(?=src )/mu)
    .filter((block) => block.startsWith(`src ${ends[end].outer} `))
    .map((block) => parse(block.split("\n").map((line) => line.trim())));
}

/** `src A dst B`, `proto esp spi S reqid R mode M`, the window with flags, then one line per algorithm. */
function parse([addresses = "", kind = "", window = "", ...rest]: string[]): SecurityAssociation {
  const words = `${addresses} ${kind}`.split(" ");
  const algorithms = rest.filter((line) => /^(auth-trunc|auth|enc|aead) /u.test(line));
  const flags = /flag (.*)$/u.exec(window)?.[1]?.split(" ") ?? [];
  const size = /replay-window (\d+)/u.exec(window)?.[1] ?? "0";
  const [id, more] = [words.slice(0, 8), words.slice(8)];
  return {
    id,
    settings: [
      ...more,
      "replay-window",
      // An SA with extended sequence numbers needs a window, though one that only sends makes no use of it.
      flags.includes("esn") && size === "0" ? "32" : size,
      ...flags.flatMap((flag) => ["flag", flag]),
      ...algorithms.flatMap((line) => line.split(" ")),
    ],
  };
}

/** Puts an SA back, or another one in its place: with counters at 0 unless `more` says otherwise. */
export async function install(
  topology: Topology,
  end: End,
  { id, settings }: SecurityAssociation,
  more: string[] = [],
): Promise<void> {
  await topology.tryExec(end, ["ip", "xfrm", "state", "delete", ...id]);
  await topology.exec(end, ["ip", "xfrm", "state", "add", ...id, ...settings, ...more]);
}

/** Sends what goes to the other protected network into SAs of this reqid, as charon's own policy did. */
export async function protect(topology: Topology, end: End, reqid: string): Promise<void> {
  const [own, other] = end === "alice" ? [ends.alice, ends.bob] : [ends.bob, ends.alice];
  const selector = ["src", own.subnet, "dst", other.subnet, "dir", "out"];
  const template = ["tmpl", "src", own.outer, "dst", other.outer, "proto", "esp"];
  const command = ["ip", "xfrm", "policy", "add"];
  await topology.exec(end, [...command, ...selector, ...template, "reqid", reqid, "mode", "tunnel"]);
}
