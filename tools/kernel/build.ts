import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compileKernel } from "./compile.js";

const TARGET = fileURLToPath(new URL("../../src/esp/kernel-binary.ts", import.meta.url));

const binary = Buffer.from(compileKernel()).toString("base64");
writeFileSync(
  TARGET,
  `/** The compiled tools/kernel/skim.ts in base64. Made by "npm run kernel"; a test compares it with its source. */\nexport const KERNEL_BINARY =\n  "${binary}";\n`,
);
