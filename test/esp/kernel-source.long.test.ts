import { expect, it } from "vitest";
import { KERNEL_BINARY } from "../../src/esp/kernel-binary.js";
import { compileKernel } from "../../tools/kernel/compile.js";

it("the kernel is what its source compiles to", () => {
  expect(Buffer.from(compileKernel()).toString("base64")).toBe(KERNEL_BINARY);
});
