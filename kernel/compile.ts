import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { layoutModule } from "./layout.js";

const SOURCE = fileURLToPath(new URL("skim.ts", import.meta.url));

/** Compiles the kernel; throws with the compiler's words where it does not compile. */
export async function compileKernel(): Promise<Uint8Array> {
  const files: Readonly<Record<string, string>> = {
    "skim.ts": readFileSync(SOURCE, "utf8"),
    "layout.ts": layoutModule(),
  };
  let binary: Uint8Array | null = null;
  const { error, stderr } = await asc.main(
    ["skim.ts", "--outFile", "skim.wasm", "--optimizeLevel", "3", "--runtime", "stub", "--importMemory"],
    {
      readFile: (name: string) => files[name] ?? null,
      writeFile: (name: string, contents: Uint8Array | string) => {
        if (name === "skim.wasm" && typeof contents !== "string") binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null || binary === null) throw new Error(`the kernel does not compile: ${stderr.toString()}`);
  return binary;
}
