import { brotliDecompressSync } from "node:zlib";
import { packedPage } from "../page/generated/page.js";
import { claimOutputs } from "./outputs/outputs.js";

export interface PageFlags {
  readonly output: string;
}

/** `ikescope page`: writes the page that judges captures in a browser. It is the same for everybody. */
export async function pageCommand({ output: file }: PageFlags): Promise<void> {
  const [output] = await claimOutputs([{ option: "--output", file }], []);
  await output?.write([brotliDecompressSync(Buffer.from(packedPage(), "base64")).toString("utf8")]);
}
