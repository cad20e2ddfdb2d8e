import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Folders of tools for administrators, which the PATH of other users often leaves out. */
const MORE_FOLDERS = ["/usr/sbin", "/sbin"];

/** A program as it was found: its path, or that it is there and this user may not run it, or not there. */
export type Found =
  | { readonly kind: "program"; readonly path: string }
  | { readonly kind: "forbidden" | "missing" };

/** Looks for a program as a shell would. */
export function findProgram(name: string): Found {
  let isForbidden = false;
  for (const folder of [...(process.env["PATH"] ?? "").split(delimiter), ...MORE_FOLDERS]) {
    if (folder === "") continue;
    const path = join(folder, name);
    if (!isFile(path)) continue;
    if (isExecutable(path)) return { kind: "program", path };
    isForbidden = true;
  }
  return { kind: isForbidden ? "forbidden" : "missing" };
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // Not there, or in a folder that this user may not enter.
    return false;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
