import { spawnSync } from "node:child_process";
import { itIf } from "../require.js";

export function succeeds(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args).status === 0;
}

const CAN_REPLAY =
  process.getuid?.() === 0 &&
  succeeds("ip", "netns", "list") &&
  succeeds("tcpreplay", "-V") &&
  succeeds("tcpdump", "--version");

/** Scenarios wait for events, each for so long that a busy machine is no reason to fail. */
const LIMIT_MS = 240_000;

/** A test of the command with packets that come to an interface; `more` is what it needs beside. */
export function liveTest(
  name: string,
  body: () => Promise<void>,
  more: { readonly isThere: boolean; readonly what: string } = { isThere: true, what: "" },
): void {
  const what = more.what === "" ? "" : `, ${more.what}`;
  const needs = `needs root, network namespaces, tcpreplay and tcpdump${what}`;
  itIf(CAN_REPLAY && more.isThere, needs)(name, body, LIMIT_MS);
}
