import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { type LivePage, startLivePage } from "../../src/cli/live/live-page.js";
import { PagePackets } from "../../src/cli/live/page-packets.js";
import { PLAIN } from "../../src/report/presentation.js";
import { PAGE } from "../../src/texts/zh/page.js";
import { PCAPS } from "../score/truth.js";
import { CHROMIUM, LOWEST_CONTRAST, type Opened, Pages } from "../support/browser.js";
import { judgeBytes } from "../support/extract.js";
import { hostileJudgement } from "../support/hostile.js";
import { BlockedGateway } from "../support/live/blocked-gateway.js";
import { snapshotOf, tunnelOf } from "../support/live/quiet.js";
import { remembered } from "../support/live/remembered.js";
import { direction, NOW } from "../support/live/tunnels.js";
import { itIf } from "../support/require.js";
import type { BrowserContextOptions, Route } from "playwright-core";

const CAPTURE = readFileSync(new URL("port4500-blocked-nat-initiator.pcap", PCAPS));
const inBrowser = itIf(CHROMIUM !== null, "no Chromium (apt-get install chromium)");

let pages: Pages | null = null;
beforeAll(async () => {
  if (CHROMIUM !== null) pages = await Pages.start();
});
afterAll(async () => pages?.stop());

interface Watched extends Opened {
  readonly gateway: BlockedGateway;
  readonly server: LivePage;
}

/** The page of a gateway, in a browser. */
async function watching(
  use: (watched: Watched) => Promise<void>,
  options: BrowserContextOptions & { readonly gateway?: BlockedGateway } = {},
): Promise<void> {
  if (pages === null) throw new Error("the browser did not start");
  const { gateway = await BlockedGateway.create(), ...settings } = options;
  const packets = new PagePackets(await remembered(CAPTURE), "ikescope test");
  const server = await startLivePage({ address: "127.0.0.1", port: 0 }, gateway, {
    presentation: PLAIN,
    packets,
  });
  const { page, faults } = await pages.visit(server.url, settings);
  try {
    await page.locator("tbody tr").first().waitFor();
    await use({ page, faults, gateway, server, close: () => page.context().close() });
  } finally {
    await page.context().close();
    await server.close();
  }
}

describe("the page of a running gateway in a browser", () => {
  inBrowser("shows what becomes of a tunnel as it happens", async () => {
    await watching(async ({ page, faults, gateway }) => {
      expect(await page.locator("tbody .badge").innerText()).toBe("setting up in IKE_AUTH");
      gateway.blocks();
      await page.locator("tbody .badge[data-status=failing]").waitFor();
      expect(await page.locator("tbody tr").innerText()).toContain("natt-4500-unanswered");
      expect(await page.locator(".top .badge").innerText()).toBe("failing 1");
      expect(faults).toEqual([]);
    });
  });

  inBrowser("opens a tunnel as the report does, and says when it has changed since", async () => {
    await watching(async ({ page, faults, gateway }) => {
      await page.locator("tbody a").click();
      await page.locator(".ladder .row").first().waitFor();
      expect(page.url()).toMatch(/#tunnel=1$/);
      expect(await page.locator(".ladder .row").count()).toBe(6);
      await page.locator(".ladder .row").first().click();
      expect(await page.getByRole("complementary").innerText()).toContain("SA (33)");
      const again = page.getByRole("button", { name: "It has changed since: judge it again" });
      expect(await again.isVisible()).toBe(false);
      gateway.blocks();
      await again.click();
      await again.waitFor({ state: "hidden" });
      await page.getByRole("link", { name: "frame 13" }).click();
      expect(await page.locator(".row[aria-selected=true]").getAttribute("aria-label")).toContain("try 2");
      expect(faults).toEqual([]);
    });
  });

  inBrowser("shows the bytes of a message, and which field stands where, both ways", async () => {
    await watching(async ({ page, faults }) => {
      await page.locator("tbody a").click();
      await page.locator(".ladder .row").first().click();
      const hex = page.locator(".hex");
      await hex.waitFor();
      const panel = page.getByRole("complementary");
      await panel.getByText("Header", { exact: true }).click();
      await panel.getByText("Responder SPI").click();
      expect(await hex.locator(".marked").allInnerTexts()).toEqual(Array.from({ length: 8 }, () => "00"));
      await hex.locator(".cells span").nth(17).click();
      expect(await panel.locator(".chosen").innerText()).toContain("Version");
      expect(faults).toEqual([]);
    });
  });

  inBrowser("saves files of a tunnel and the table, and copies the report", async () => {
    await watching(
      async ({ page, faults }) => {
        const save = async (button: string): Promise<{ name: string; bytes: Buffer }> => {
          const coming = page.waitForEvent("download");
          await page.getByRole("button", { name: button, exact: true }).click();
          const download = await coming;
          return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
        };
        await page.locator("tbody a").click();
        await page.locator(".ladder .row").first().waitFor();
        for (const [button, name] of [
          ["Evidence (pcapng)", /^ikescope-eth0-tunnel-1-evidence-\d{8}T\d{6}Z\.pcapng$/],
          ["Evidence, anonymized", /^anonymized-evidence\.pcapng$/],
        ] as const) {
          const saved = await save(button);
          expect(saved.name).toMatch(name);
          const { findings } = await judgeBytes(Uint8Array.from(saved.bytes));
          expect(findings[0]?.code).toBe("natt-4500-unanswered");
        }
        for (const [button, name, text] of [
          ["Report (HTML)", "ikescope-eth0-tunnel-1-report.html", "<!doctype html>"],
          ["Markdown", "ikescope-eth0-tunnel-1-report.md", "natt-4500-unanswered"],
          ["JSON", "ikescope-eth0-tunnel-1-report.json", '"schema":"ikescope.report/1"'],
          ["Tunnels (CSV)", "ikescope-eth0-tunnels.csv", "tunnel,state,since"],
        ] as const) {
          const saved = await save(button);
          expect(saved.name).toBe(name);
          expect(saved.bytes.toString().replaceAll(/": /g, '":')).toContain(text);
        }
        await page.getByRole("button", { name: "Copy the report as Markdown" }).click();
        await page.getByText("Copied").waitFor();
        expect(await page.evaluate("navigator.clipboard.readText()")).toContain("natt-4500-unanswered");
        expect(faults.filter((fault) => !fault.startsWith("request blob:"))).toEqual([]);
      },
      { permissions: ["clipboard-read", "clipboard-write"] },
    );
  });

  inBrowser("says what is not remembered any more, and shows the decoded message all the same", async () => {
    await watching(async ({ page, server }) => {
      await page.locator("tbody a").click();
      await page.locator(".ladder .row").first().waitFor();
      const answer = (status: number) => async (route: Route) => route.fulfill({ status, body: "" });
      await page.route(`${server.url}bytes?*`, answer(404));
      await page.locator(".ladder .row").first().click();
      const panel = page.getByRole("complementary");
      await panel.getByText("Its bytes are not remembered any more").waitFor();
      expect(await panel.innerText()).toContain("SA (33)");
      for (const [status, said] of [
        [404, "There is none: the tunnel, or its packets, are not remembered any more."],
        [503, "Other files are being made: try again in a moment."],
        [500, "ikescope could not make it."],
      ] as const) {
        await page.route(`${server.url}file?*`, answer(status));
        await page.getByRole("button", { name: "Evidence (pcapng)" }).click();
        await page.locator(".tunnel .saves [role=status]", { hasText: said }).waitFor();
      }
    });
  });

  inBrowser("keeps the focus and the filter of whoever reads while it changes", async () => {
    await watching(async ({ page, gateway }) => {
      await page.locator("#filter").fill("198.51");
      await page.locator("tbody a").focus();
      gateway.blocks();
      await page.locator("tbody .badge[data-status=failing]").waitFor();
      expect(await page.evaluate("document.activeElement.textContent")).toBe("192.0.2.10 - 198.51.100.20");
      await page.locator("#filter").fill("203.0.113");
      expect(await page.locator("tbody tr").count()).toBe(0);
      expect(await page.locator(".list > [role=status]").innerText()).toBe("0 of 1 tunnels");
    });
  });

  inBrowser(
    "orders its tunnels by a column, and as the server does again, also while they change",
    async () => {
      const gateway = await BlockedGateway.create();
      const tunnels = Array.from({ length: 300 }, (_, index) => ({
        id: index + 1,
        peers: ["192.0.2.10", `198.51.100.${index % 250}`] as const,
        state: "up" as const,
        directions: [direction({ rate: (index * 7) % 300 }), direction()] as const,
      }));
      gateway.snapshot = () => snapshotOf({ interface: "eth0", time: NOW, tunnels: tunnels.map(tunnelOf) });
      await watching(
        async ({ page, faults }) => {
          const ids = async (): Promise<string[]> =>
            (await page.locator("tbody tr[data-tunnel] td:first-child").allTextContents()).slice(0, 3);
          expect(await ids()).toEqual(["1", "2", "3"]);
          const head = page.getByRole("columnheader", { name: "packets/s" });
          await head.getByRole("button").click();
          expect(await head.getAttribute("aria-sort")).toBe("descending");
          expect(await ids()).toEqual(["258", "215", "172"]);
          await head.getByRole("button").press("Enter");
          expect(await head.getAttribute("aria-sort")).toBe("ascending");
          expect(await ids()).toEqual(["1", "44", "87"]);
          await page.evaluate("location.hash = '#tunnel=258'");
          const row = page.locator("tr[data-tunnel='258']");
          await row.waitFor();
          expect(await row.getAttribute("aria-current")).toBe("true");
          await head.getByRole("button").click();
          expect(await head.getAttribute("aria-sort")).toBeNull();
          expect(await ids()).toEqual(["1", "2", "3"]);
          expect(faults.filter((fault) => !fault.includes("404"))).toEqual([]);
        },
        { gateway },
      );
    },
  );

  inBrowser("says when ikescope has ended", async () => {
    await watching(async ({ page, server }) => {
      await server.close();
      await page.getByRole("alert").waitFor();
      expect(await page.getByRole("alert").innerText()).toMatch(/^No connection to ikescope/);
    });
  });

  inBrowser("speaks Chinese, its tunnels too", async () => {
    await watching(
      async ({ page, faults }) => {
        expect(await page.locator("tbody .badge").innerText()).toBe("\u5efa\u7acb\u4e2d\uff08IKE_AUTH\uff09");
        await page.locator("tbody a").click();
        await page.locator(".finding").first().waitFor();
        expect(await page.locator(".finding").first().innerText()).toContain(PAGE["What to do"]);
        expect(await page.locator(".finding h3").first().innerText()).toMatch(/\p{Script=Han}/u);
        await page.getByRole("button", { name: "English" }).click();
        await page.locator(".finding", { hasText: "What to do" }).first().waitFor();
        expect(page.url()).toMatch(/#tunnel=1&lang=en$/);
        expect(faults).toEqual([]);
      },
      { locale: "zh-CN" },
    );
  });

  inBrowser("shows hostile texts, and nothing of them acts", async () => {
    const hostile = hostileJudgement();
    const [first] = hostile.tunnels;
    if (first === undefined) throw new Error("no tunnel");
    await watching(
      async ({ page, faults }) => {
        await page.locator("tbody a").click();
        await page.locator(".tunnel").waitFor();
        expect(await page.locator("img, iframe, object, embed, script[src], b b").count()).toBe(0);
        expect(faults).toEqual([]);
      },
      { gateway: new BlockedGateway(hostile, first.tunnel.id) },
    );
  });

  inBrowser("fits a phone, in light and in dark, with contrast enough", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await watching(
        async ({ page }) => {
          await page.locator("tbody a").click();
          await page.locator(".ladder .row").first().waitFor();
          expect(
            await page.evaluate(
              "document.documentElement.scrollWidth - document.documentElement.clientWidth",
            ),
          ).toBe(0);
          expect(await page.evaluate(LOWEST_CONTRAST)).toBeGreaterThanOrEqual(4.5);
          // Each column that is left stands below its own head.
          const places = (of: string): Promise<number[]> =>
            page.evaluate(
              `[...document.querySelectorAll("${of}")].filter((cell) => cell.offsetWidth > 0).map((cell) => Math.round(cell.getBoundingClientRect().left))`,
            );
          const heads = await places(".list th");
          expect(heads).toHaveLength(4);
          expect(await places(".list tbody tr:first-child td")).toEqual(heads);
        },
        { viewport: { width: 390, height: 800 }, colorScheme },
      );
    }
  });
});
