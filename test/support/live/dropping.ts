/**
 * A program for the tests of the privilege drop: drops them as told by its first argument and prints what it is then, as
 * JSON. Ends with status 7, or with `wait` as second argument, when a signal comes, which it prints. With `capture` it
 * captures on loopback and prints who the tool runs as.
 */
import { readFileSync } from "node:fs";
import { reportFault } from "../../../src/cli/exit.js";
import { dropPrivileges } from "../../../src/cli/live/privileges.js";
import { openLive } from "../../../src/capture/node/live/open-live.js";

function statusOf(pid: number | string, field: string): string {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return new RegExp(`^${field}:\\s*(\\S+)`, "m").exec(status)?.[1] ?? "";
}

async function work(mode: string | undefined): Promise<number> {
  const is = {
    pid: process.pid,
    uid: process.getuid?.(),
    gid: process.getgid?.(),
    groups: process.getgroups?.(),
  };
  // Before anything is printed: a test sends its signal as soon as it reads a line.
  const signal = mode === "wait" ? signalled() : null;
  const capabilities = Number.parseInt(statusOf("self", "CapEff"), 16);
  const bounds = Number.parseInt(statusOf("self", "CapBnd"), 16);
  process.stdout.write(
    `${JSON.stringify({ ...is, capabilities, bounds, noNewPrivileges: statusOf("self", "NoNewPrivs") })}\n`,
  );
  if (mode === "capture") {
    const capture = await openLive("tcpdump", {
      interface: "lo",
      filter: "",
      snapLength: 90,
      bufferKiB: 2048,
    });
    const pid = "pid" in capture ? Number(capture.pid) : 0;
    process.stdout.write(`${statusOf(pid, "Uid")}\n`);
    await capture.close();
  }
  if (signal === null) return 7;
  const alive = setInterval(() => {}, 1000);
  process.stdout.write(`${await signal}\n`);
  clearInterval(alive);
  return 9;
}

function signalled(): Promise<string> {
  return new Promise((resolve) => {
    for (const name of ["SIGTERM", "SIGHUP", "SIGINT"] as const) process.on(name, resolve);
  });
}

async function main(): Promise<void> {
  const [, , user = "", mode] = process.argv;
  if (user === "--version") return;
  try {
    const privileges = await dropPrivileges(user === "" ? {} : { user });
    process.exitCode = privileges === "go-on" ? await work(mode) : privileges.exitCode;
  } catch (fault) {
    process.exitCode = reportFault(fault);
  }
}

void main();
