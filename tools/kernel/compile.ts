import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { layoutModule } from "./layout.js";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const COMPILER = path("../../node_modules/assemblyscript/bin/asc.js");

/** Compiles the kernel with the constants of the layout; throws with the compiler's words where it does not compile. */
export function compileKernel(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "ikescope-kernel-"));
  try {
    copyFileSync(path("skim.ts"), join(folder, "skim.ts"));
    writeFileSync(join(folder, "layout.ts"), layoutModule());
    const options = ["--outFile", "skim.wasm", "--optimizeLevel", "3", "--runtime", "stub", "--importMemory"];
    execFileSync(process.execPath, [COMPILER, "skim.ts", ...options], { cwd: folder });
    return readFileSync(join(folder, "skim.wasm"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
