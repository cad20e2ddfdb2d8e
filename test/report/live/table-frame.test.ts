import { describe, expect, it } from "vitest";
import type { LiveSnapshot } from "../../../src/live/snapshot.js";
import type { LiveTunnel } from "../../../src/live/tunnel.js";
import { settled } from "../../../src/cli/live/controls.js";
import { tableFrame, tableRows } from "../../../src/report/live/frame.js";
import { paintedWidth } from "../../../src/report/live/slice.js";
import { TunnelOrder } from "../../../src/report/live/order.js";
import { FIRST_UI, type LiveUi } from "../../../src/report/live/ui.js";
import { paintFor } from "../../../src/report/paint.js";
import {
  direction,
  liveFinding,
  liveSnapshot,
  liveTunnel,
  manyTunnels,
  NOW,
  SECOND,
} from "../../support/live/tunnels.js";

const FAILING = liveTunnel({
  id: 12,
  state: "failing",
  phase: "IKE_AUTH",
  since: NOW - 90 * SECOND,
  lastExchange: { name: "IKE_AUTH", messageId: 1, time: NOW - 20 * SECOND, tries: 4, answered: false },
  retransmissions: 3,
  directions: [direction(), direction()],
  spis: [],
  findings: [{ finding: liveFinding(), raisedAt: NOW }],
});
const IPV6 = liveTunnel({
  id: 3,
  peers: ["2001:db8:1234:5678:9abc:def0:1234:1", "2001:db8:ffff:eeee:dddd:cccc:bbbb:2"],
  spis: [
    { fromFirst: 0xc0ffee01, fromSecond: null },
    { fromFirst: 1, fromSecond: 2 },
  ],
});

interface Look {
  readonly columns?: number;
  readonly rows?: number;
  readonly ui?: Partial<LiveUi>;
  readonly colour?: boolean;
}

function frame(
  snapshot: LiveSnapshot,
  { columns = 200, rows = 12, ui = {}, colour = false }: Look = {},
): string[] {
  const size = { columns, rows };
  const all = { ...FIRST_UI, ...ui };
  const tunnels = new TunnelOrder().order(snapshot.tunnels, all.query);
  const shown = { tunnels, rows: tableRows(snapshot, size), pageRows: rows };
  return tableFrame(snapshot, tunnels, settled(all, shown), size, paintFor(colour));
}

/** The words of the row that a tunnel has. */
function row(tunnel: LiveTunnel, columns = 200): string[] {
  return (frame(liveSnapshot([tunnel]), { columns })[4] ?? "")
    .slice(1)
    .trim()
    .split(/ {2,}|(?<=\d|-) (?=\S)/);
}

describe("the table of tunnels", () => {
  it("says of a tunnel who, how it stands, its phase, its finding, its last exchange and what flows", () => {
    const [about, states, counts, titles, worst, other] = frame(
      liveSnapshot([IPV6, FAILING], { strangers: 17, counts: { packets: 1_234_567, dropped: null } }),
      { columns: 240 },
    );
    expect(about).toBe("ikescope  eth0  running 2 h 13 min  since 2026-03-04 02:52:47 UTC");
    expect(states).toBe("2 tunnels:  1 failing  1 up");
    expect(counts).toBe("findings 1  packets 1.2M  capture drops unknown  strangers 17");
    expect(titles?.trim().split(/ {2,}/).slice(0, 3)).toEqual(["id peers", "state", "for phase"]);
    expect(worst).toMatch(
      /^>12 192\.0\.2\.1 -> 198\.51\.100\.2 +failing +1m IKE_AUTH +natt-4500-unanswered +IKE_AUTH +none, 4x +20s +3 +0 +0 +- - +1s 03-04 05:04 *$/,
    );
    expect(other).toMatch(
      /^  3 2001:db8:1234:5678:9abc:def0:1234:1 -> 2001:db8:ffff:eeee:dddd:cccc:bbbb:2 up +1h - +- +INFORMATIONAL +ok +12s +0 +120 +8\.4 +1\.0% c0ffee01 - +\+1 +1s 03-04 04:06$/,
    );
  });

  it("says how often an exchange had to be tried", () => {
    const exchange = { name: "IKE_AUTH", messageId: 1, time: NOW, answered: true, tries: 3 };
    expect(row(liveTunnel({ lastExchange: exchange }))).toContain("ok, 3x");
    expect(row(liveTunnel({ lastExchange: { ...exchange, tries: 1, answered: false } }))).toContain(
      "none yet",
    );
    expect(row(liveTunnel({ lastExchange: null }))).not.toContain("ok");
  });

  it("keeps state and peers in 40 columns, and shortens IPv6", () => {
    const lines = frame(liveSnapshot([IPV6, FAILING]), { columns: 40, rows: 10 });
    expect(lines.slice(2, 5)).toEqual([
      " peers                        state     ",
      ">192.0.2.1 -> 198.51.100.2    failing   ",
      " 2001:db8:…:1 -> 2001:db8:…:2 up        ",
    ]);
  });

  it("has a header, a row and the keys in 5 lines", () => {
    const lines = frame(liveSnapshot([IPV6, FAILING]), { columns: 60, rows: 5 });
    expect(lines[0]).toBe("2 tunnels:  1 failing  1 up");
    expect(lines[2]).toMatch(/^>.*failing/);
    expect(lines[4]).toMatch(/^q quit .*1-2 of 2$/);
  });

  const sizes = [40, 41, 59, 60, 80, 99, 120, 161, 300].flatMap((columns) =>
    [5, 6, 10, 24, 60].map((rows) => [columns, rows] as const),
  );
  it.each(sizes)("fits %i columns and %i lines", (columns, rows) => {
    const snapshot = liveSnapshot([IPV6, FAILING, ...manyTunnels(70)], {
      capturing: false,
      findings: [{ finding: liveFinding({ tunnel: null }), raisedAt: NOW }],
      counts: { tunnelsEvicted: 7, streamsEvicted: 5, captureRestarts: 2 },
    });
    for (const colour of [false, true]) {
      const lines = frame(snapshot, { columns, rows, colour });
      expect(lines.length).toBe(rows);
      expect(lines.filter((line) => paintedWidth(line) > columns)).toEqual([]);
      expect(lines.filter((line) => paintedWidth(line) > 0).length).toBe(rows);
    }
  });

  it.each([1, 2, 7, 20])("does not fail in %i columns either", (columns) => {
    const lines = frame(liveSnapshot([IPV6]), { columns, rows: 1 });
    expect(lines.length).toBe(1);
    expect(
      frame(liveSnapshot([IPV6]), { columns, rows: 4 }).filter((line) => paintedWidth(line) > columns),
    ).toEqual([]);
  });

  it("says the same with colour and without", () => {
    const snapshot = liveSnapshot([IPV6, FAILING, ...manyTunnels(20)]);
    // oxlint-disable-next-line no-control-regex
    const bare = frame(snapshot, { colour: true }).map((line) => line.replaceAll(/\u001b\[[\d;]*m/g, ""));
    expect(bare).toEqual(frame(snapshot, { colour: false }));
    expect(frame(snapshot, { colour: true }).join("")).toContain("\u001b[31m");
    expect(frame(snapshot, { colour: false }).join("")).not.toContain("\u001b");
  });

  it("says first that nothing is captured, also where the header has one line", () => {
    const snapshot = liveSnapshot([FAILING], { capturing: false });
    expect(frame(snapshot)[0]).toMatch(/^NO CAPTURE {2}ikescope/);
    expect(frame(snapshot, { columns: 40, rows: 5 })[0]).toBe("NO CAPTURE  1:  1 failing");
  });

  it("names what was raised about the capture itself", () => {
    const finding = liveFinding({
      tunnel: null,
      code: "capture-dropped",
      severity: "warning",
      headline: "9 lost",
    });
    const snapshot = liveSnapshot([FAILING], { findings: [{ finding, raisedAt: NOW }] });
    expect(frame(snapshot, { rows: 20 })[3]).toBe("warning  capture-dropped: 9 lost");
  });

  it("says that there is no tunnel yet, or none that matches", () => {
    expect(frame(liveSnapshot([]))).toContain(" No tunnel was seen yet.");
    expect(frame(liveSnapshot([]))[1]).toBe("no tunnels");
    const none = frame(liveSnapshot([FAILING]), { ui: { query: { ...FIRST_UI.query, text: "203.0.113" } } });
    expect(none).toContain(" No tunnel matches; Esc shows all.");
    expect(none.at(-1)).toMatch(/filter "203\.0\.113" {2}by state {2}0 of 0$/);
  });

  it("shows the end of a long filter while it is typed", () => {
    const query = { ...FIRST_UI.query, text: `${"x".repeat(50)}end` };
    const last = frame(liveSnapshot([FAILING]), { columns: 40, ui: { query, isTyping: true } }).at(-1);
    expect(last).toMatch(/^x{36}end $/);
  });

  it("makes control characters of names visible", () => {
    const name = "IKE\u001b[2J\u0007\u009b";
    const snapshot = liveSnapshot(
      [
        liveTunnel({
          peers: ["\u001b]0;x", "\u202e1"],
          lastExchange: { name, messageId: 0, time: NOW, tries: 1, answered: true },
        }),
      ],
      { interface: "eth\u001b[31m" },
    );
    const text = frame(snapshot, { ui: { query: { ...FIRST_UI.query, text: "\u001b" } } }).join("\n");
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text).toContain("eth\\x1b[31m");
  });

  it("scrolls through 50,000 tunnels, and formats those alone that are seen", () => {
    const tunnels = manyTunnels(50_000);
    let formatted = 0;
    const watched = tunnels.map((tunnel) => ({
      ...tunnel,
      get spis() {
        formatted++;
        return [];
      },
    }));
    const lines = frame(liveSnapshot(watched), { rows: 30, ui: { selected: 40_000 } });
    expect(lines.filter((line) => line.startsWith(">40000 "))).toHaveLength(1);
    expect(lines.at(-1)).toMatch(/\d+-\d+ of 50000$/);
    expect(formatted).toBe(25);
  });
});
