import { describe, expect, it } from "vitest";
import { making } from "../../../src/cli/nats/making.js";
import { natsPackages } from "../../../src/cli/nats/server.js";

const packages = natsPackages();
const overlap = new packages.jetstream.JetStreamApiError({
  code: 400,
  err_code: 10065,
  description: "subjects overlap with an existing stream",
});

/** A step that fails so often before it is done. */
function failing(times: number, error: Error): { step: () => Promise<string>; attempts: () => number } {
  let attempts = 0;
  const step = async (): Promise<string> => {
    attempts++;
    if (attempts <= times) throw error;
    return Promise.resolve("made");
  };
  return { step, attempts: () => attempts };
}

describe("making", () => {
  it("does a step again that another program's own making got refused", async () => {
    const { step, attempts } = failing(1, overlap);
    await expect(making(packages, step)).resolves.toBe("made");
    expect(attempts()).toBe(2);
  });

  it("gives up with the refusal of a server that does not take it", async () => {
    const { step } = failing(100, overlap);
    await expect(making(packages, step)).rejects.toBe(overlap);
  });

  it("passes on other errors at once", async () => {
    const { step, attempts } = failing(100, new Error("connection closed"));
    await expect(making(packages, step)).rejects.toThrow("connection closed");
    expect(attempts()).toBe(1);
  });
});
