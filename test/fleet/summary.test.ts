import { describe, expect, it } from "vitest";
import { type TunnelSummary, withRaised } from "../../src/fleet/summary.js";

const QUIET: TunnelSummary = {
  partition: 0,
  state: "working",
  since: 0,
  isAmbiguous: false,
  ends: [
    {
      id: "hq 1",
      gateway: "hq",
      state: "up",
      peers: ["192.0.2.1", "192.0.2.2"],
      self: 0,
      products: [null, null],
      breaks: 0,
    },
  ],
  codes: ["fleet-flapping"],
};

describe("a tunnel in short with the findings that are raised on it", () => {
  it("fails by a critical one, though its newest accounts show none", () => {
    const raised = [{ code: "fleet-esp-stopped", severity: "critical" }] as const;
    expect(withRaised(QUIET, raised)).toMatchObject({
      state: "failing",
      codes: ["fleet-flapping", "fleet-esp-stopped"],
    });
  });

  it("is degraded by a warning where it works, and no better where it fails", () => {
    const raised = [{ code: "fleet-flapping", severity: "warning" }] as const;
    expect(withRaised(QUIET, raised)).toMatchObject({ state: "degraded", codes: ["fleet-flapping"] });
    expect(withRaised({ ...QUIET, state: "failing" }, raised).state).toBe("failing");
  });

  it("stays as it is without any, and with one that only informs", () => {
    expect(withRaised(QUIET, [])).toBe(QUIET);
    expect(withRaised(QUIET, [{ code: "fleet-nat-between", severity: "info" }]).state).toBe("working");
  });
});
