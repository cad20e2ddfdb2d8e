import { type BigIntStats, constants, fstatSync } from "node:fs";
import { access, readlink, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { outputFault } from "./output-fault.js";

/** Names of standard output. */
const STANDARD_OUTPUT: ReadonlySet<string> = new Set(["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]);
const STDOUT = 1;
/** As many symbolic links as Linux follows. */
const MOST_LINKS = 40;
const PERMISSIONS = 0o7777n;

/** A file that gives way to a new one, which takes over whose it is. */
export interface FormerFile {
  /** Permissions as chmod takes them. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** The place that the name of an output leads to. */
export type Destination = { readonly identities: readonly string[] } & (
  | { readonly kind: "standard output" }
  /** `path` is the file itself, behind all symbolic links; `former` what is there, null where it is to be made. */
  | { readonly kind: "file"; readonly path: string; readonly former: FormerFile | null }
  /** A named pipe or a device: written in place. */
  | { readonly kind: "special"; readonly path: string }
);

/**
 * Finds what an output's name leads to, "-" for standard output. Throws a UsageError where nothing can be written there, so
 * that it is told before a long capture is read. Two names that share an identity lead to the same place; devices have none,
 * for /dev/null may be named twice.
 */
export async function destinationOf(name: string): Promise<Destination> {
  if (STANDARD_OUTPUT.has(name)) {
    const file = descriptorIdentity(STDOUT);
    return {
      kind: "standard output",
      identities: ["standard output", ...(file === null ? [] : [file])],
    };
  }
  try {
    return await fileDestination(name);
  } catch (error) {
    throw outputFault(name, error);
  }
}

async function fileDestination(name: string): Promise<Destination> {
  const found = await statOf(name);
  if (found === null) {
    const path = await newPath(name);
    await checkFolder(path);
    return { kind: "file", path, former: null, identities: [`new ${path}`] };
  }
  if (found.isDirectory()) throw systemError("EISDIR");
  await access(name, constants.W_OK);
  const path = await realpath(name).catch(() => name);
  if (!found.isFile()) {
    return { kind: "special", path: name, identities: found.isFIFO() ? [fileIdentity(found)] : [] };
  }
  await checkFolder(path);
  const former = {
    mode: Number(found.mode & PERMISSIONS),
    uid: Number(found.uid),
    gid: Number(found.gid),
  };
  return { kind: "file", path, former, identities: [fileIdentity(found)] };
}

/** Identity of the file or pipe that an input's name leads to; null where nothing is there, or a device. */
export async function identityOf(name: string): Promise<string | null> {
  const found = await statOf(name).catch(() => null);
  return found === null || found.isCharacterDevice() ? null : fileIdentity(found);
}

/** Identity of an open descriptor where it is a file; null for a pipe, a terminal, or where it is closed. */
export function descriptorIdentity(descriptor: number): string | null {
  try {
    const found = fstatSync(descriptor, { bigint: true });
    return found.isFile() ? fileIdentity(found) : null;
  } catch {
    return null;
  }
}

/** Device and inode: the same for all names of a file, hard links and symbolic ones among them. */
function fileIdentity({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}

async function statOf(name: string): Promise<BigIntStats | null> {
  try {
    return await stat(name, { bigint: true });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** A file is made beside its final name, and takes that name when it is whole. */
async function checkFolder(path: string): Promise<void> {
  await access(dirname(path), constants.W_OK | constants.X_OK);
}

/** Path at which a file that is not there would be made; behind a symbolic link that leads to nothing, too. */
async function newPath(name: string): Promise<string> {
  let path = name;
  for (let links = 0; links < MOST_LINKS; links++) {
    const target = await readlink(path).catch(() => null);
    if (target === null) return join(await realpath(dirname(path)), basename(path));
    path = resolve(dirname(path), target);
  }
  throw systemError("ELOOP");
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code, syscall: "open" });
}

/** Whether two names lead to the same file. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const identity = await identityOf(one);
  return identity !== null && identity === (await identityOf(other));
}
