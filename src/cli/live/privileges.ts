import { say } from "../../texts/message.js";
import { execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { findProgram } from "../../capture/node/live/programs.js";
import { UsageError, literal } from "../exit.js";

export interface PrivilegeFlags {
  /** --user: who to go on as when started as root; "root" stays root. */
  readonly user?: string;
}

/** Whether this process is the one that does the work, or the exit status of the one that did it as another user. */
export type Privileges = "go-on" | { readonly exitCode: number };

interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The capabilities that packet capture takes, with their bits in the kernel's masks. */
const CAPTURE_CAPABILITIES = [
  { name: "net_raw", bit: 13n },
  { name: "net_admin", bit: 12n },
] as const;

/** Signals that are handed on to the process that works; the terminal gives Ctrl-C to it as well. */
const FORWARDED = ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"] as const;
const FROM_TERMINAL = ["SIGINT", "SIGQUIT"] as const;
const CHECK_MS = 20_000;

/**
 * Started as root, runs ikescope again as another user (--user, else who called sudo, else nobody), which keeps from root
 * only the right to capture, for itself and the tools that it starts; waits for its end. Else returns "go-on" at once.
 * Throws UsageError where that cannot be done.
 */
export async function dropPrivileges(flags: PrivilegeFlags): Promise<Privileges> {
  const uid = process.getuid?.();
  if (uid === undefined) return "go-on";
  if (uid !== 0) {
    if (flags.user !== undefined && (await userOf(flags.user)).uid !== uid) {
      throw new UsageError("--user is for ikescope that is started as root");
    }
    return "go-on";
  }
  if (flags.user === "root") return "go-on";
  const caller = process.env["SUDO_USER"] ?? "";
  return dropTo(flags.user ?? (caller === "" || caller === "root" ? "nobody" : caller));
}

async function dropTo(name: string): Promise<Privileges> {
  const setpriv = findProgram("setpriv");
  if (setpriv.kind !== "program") {
    throw new UsageError(
      "started as root, ikescope goes on as another user by setpriv, which is missing: install util-linux, or run ikescope as a user of its own after setcap cap_net_raw,cap_net_admin+eip $(command -v tcpdump), or say --user root",
    );
  }
  const user = await userOf(name);
  if (user.uid === 0) return "go-on";
  const script = process.argv[1];
  const own = [process.execPath, ...process.execArgv, ...(script === undefined ? [] : [script])];
  const before = [...becoming(user), "--", ...own];
  await checkThatItRuns(setpriv.path, before, user);
  return { exitCode: await runAs(setpriv.path, [...before, ...process.argv.slice(2)]) };
}

/** Arguments of setpriv; it can hand on only what root has here, which in a container may be less. */
function becoming(user: User): readonly string[] {
  const held = capabilitiesHeld();
  const kept = CAPTURE_CAPABILITIES.filter(({ bit }) => ((held >> bit) & 1n) === 1n);
  const set = ["-all", ...kept.map((capability) => `+${capability.name}`)].join(",");
  return [
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    "--init-groups",
    `--inh-caps=${set}`,
    `--ambient-caps=${set}`,
    `--bounding-set=${set}`,
    "--no-new-privs",
    // Killed, we could not pass that on.
    "--pdeathsig=TERM",
  ];
}

/** The mask of the capabilities that this process has. */
function capabilitiesHeld(): bigint {
  try {
    const mask = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    return mask === undefined ? 0n : BigInt(`0x${mask}`);
  } catch {
    return 0n;
  }
}

async function userOf(name: string): Promise<User> {
  const id = findProgram("id");
  const ask = async (what: string): Promise<number> => {
    const { code, stdout } =
      id.kind === "program" ? await outcome(id.path, [what, "--", name]) : NOBODY_TELLS;
    return code === 0 ? Number(stdout.trim()) : Number.NaN;
  };
  const user = { name, uid: await ask("-u"), gid: await ask("-g") };
  if (Number.isNaN(user.uid) || Number.isNaN(user.gid)) {
    throw new UsageError(say`there is no user ${literal(name)} to go on as: --user takes another`);
  }
  return user;
}

/** A short run as that user: Node or ikescope itself may lie where only root can read. */
async function checkThatItRuns(setpriv: string, before: readonly string[], user: User): Promise<void> {
  const { code, stderr } = await outcome(setpriv, [...before, "--version"]);
  if (code === 0) return;
  const lines = stderr.split("\n");
  const reason = lines.find((line) => /^(?:setpriv|\w*Error)\b.*: /.test(line)) ?? lines[0] ?? "";
  throw new UsageError(
    say`ikescope cannot go on as the user ${literal(user.name)} (${literal(reason.trim())}): install it where that user can read it, or say --user NAME, or --user root`,
  );
}

async function runAs(setpriv: string, args: readonly string[]): Promise<number> {
  const child = spawn(setpriv, args, { stdio: "inherit" });
  const isOnTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  // Sent twice, Ctrl-C would be the second one, which ends the program at once.
  const fromTerminal = isOnTerminal ? (): void => {} : forward;
  for (const signal of FORWARDED) process.on(signal, forward);
  for (const signal of FROM_TERMINAL) process.on(signal, fromTerminal);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? "SIGKILL"]));
    });
  } finally {
    for (const signal of FORWARDED) process.off(signal, forward);
    for (const signal of FROM_TERMINAL) process.off(signal, fromTerminal);
  }
}

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const NOBODY_TELLS: Outcome = { code: 127, stdout: "", stderr: "" };

function outcome(path: string, args: readonly string[]): Promise<Outcome> {
  const options = { timeout: CHECK_MS, killSignal: "SIGKILL" as const, env: { ...process.env, LC_ALL: "C" } };
  return new Promise((resolve) => {
    execFile(path, args, options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : 1, stdout, stderr }),
    );
  });
}
