import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/build.ts", "test/support/seeding.ts"],
    setupFiles: ["test/support/seeded-properties.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The code keeps no state outside its objects: loading it afresh for each file would take longer than most files do.
    isolate: false,
    // Not one less, as by default: many files mostly wait for packets and programs. Not more: live tests watch the clock.
    maxWorkers: availableParallelism(),
    // Tests that are marked so wait for packets, and need no processor meanwhile.
    maxConcurrency: 24,
  },
});
