import { afterAll, beforeAll, describe, expect } from "vitest";
import { renderHtml, renderMarkdown } from "../../../src/index.js";
import { mixed } from "../../score/mixed.js";
import { recordedAs } from "../../score/labelled.js";
import { judgeLabelled } from "../../score/score.js";
import { CHROMIUM, LOWEST_CONTRAST, type Opened, Pages } from "../../support/browser.js";
import { HOSTILE, hostileJudgement } from "../../support/hostile.js";
import { itIf } from "../../support/require.js";
import type { BrowserContextOptions } from "playwright-core";

const inBrowser = itIf(CHROMIUM !== null, "no Chromium (apt-get install chromium)");

let pages: Pages | null = null;
beforeAll(async () => {
  if (CHROMIUM !== null) pages = await Pages.start();
});
afterAll(async () => pages?.stop());

async function open(
  html: string,
  options: BrowserContextOptions & { readonly hash?: string },
  use: (opened: Opened) => Promise<void>,
): Promise<void> {
  if (pages === null) throw new Error("the browser did not start");
  const opened = await pages.open(html, options);
  try {
    await use(opened);
    expect(opened.faults).toEqual([]);
  } finally {
    await opened.close();
  }
}

async function htmlOf(file: string): Promise<string> {
  return renderHtml(await judgeLabelled(recordedAs(file)), "0.0.0");
}

describe("the page of a failing tunnel in a browser", () => {
  let html = "";
  beforeAll(async () => {
    html = await htmlOf("port4500-blocked-nat-initiator");
  });

  inBrowser(
    "shows verdict, findings and ladder, makes no request and breaks no rule of its own",
    async () => {
      await open(html, {}, async ({ page }) => {
        expect(await page.locator("h1").textContent()).toBe("192.0.2.10 -> 198.51.100.20");
        expect(await page.locator(".finding h3").first().textContent()).toContain("UDP 4500 does not");
        expect(await page.locator(".ladder .row").count()).toBe(6);
        expect(await page.locator(".row[data-fate=unanswered] .cross").count()).toBe(4);
        expect(await page.locator(".row[data-repeats]").count()).toBe(3);
      });
    },
  );

  inBrowser("leads from a frame of the evidence to its row and its decoded message", async () => {
    await open(html, {}, async ({ page }) => {
      await page.getByRole("link", { name: "frame 7" }).first().click();
      const row = page.locator(".row[aria-selected=true]");
      await row.waitFor();
      expect(await row.getAttribute("aria-label")).toContain("IKE_SA_INIT response 0");
      expect(page.url()).toMatch(/#tunnel=1&frame=7$/);
      const panel = page.getByRole("complementary");
      expect(await panel.textContent()).toContain("SA (33)");
      expect(await panel.textContent()).toContain("Responder SPI");
    });
  });

  inBrowser("opens at the frame that its address names", async () => {
    await open(html, { hash: "#tunnel=1&frame=13" }, async ({ page }) => {
      await page.locator(".row[aria-selected=true]").waitFor();
      expect(await page.locator(".row[aria-selected=true]").getAttribute("aria-label")).toContain("try 2");
    });
  });

  inBrowser("is walked through with the keyboard alone", async () => {
    await open(html, {}, async ({ page }) => {
      await page.locator(".diagram svg").focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      const chosen = page.locator(".row[aria-selected=true]");
      expect(await chosen.getAttribute("aria-label")).toContain("frame 7");
      await page.keyboard.press("End");
      expect(await chosen.getAttribute("aria-label")).toContain("frame 21");
      const id = await chosen.getAttribute("id");
      expect(await page.locator(".diagram svg").getAttribute("aria-activedescendant")).toBe(id);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      expect(await page.getByRole("complementary").textContent()).toContain("Choose a row");
    });
  });

  inBrowser("draws time to scale when told to", async () => {
    await open(html, {}, async ({ page }) => {
      const tops = (): Promise<number[]> =>
        page.locator(".row .hit").evaluateAll((boxes) => boxes.map((box) => Number(box.getAttribute("y"))));
      const before = await tops();
      await page.getByRole("switch", { name: "Time to scale" }).click();
      const after = await tops();
      expect(await page.getByRole("switch").getAttribute("aria-checked")).toBe("true");
      const gap = (list: number[], row: number): number => (list[row] ?? 0) - (list[row - 1] ?? 0);
      // 2.6 s and 1.4 s before the last two tries.
      expect(gap(after, 5) - gap(after, 4)).toBeGreaterThan(gap(before, 5) - gap(before, 4) + 40);
    });
  });

  inBrowser("copies the whole report for a ticket, as Markdown", async () => {
    await open(html, { permissions: ["clipboard-read", "clipboard-write"] }, async ({ page }) => {
      await page.getByRole("button", { name: "Copy the report as Markdown" }).click();
      await page.getByText("Copied").waitFor();
      const markdown = renderMarkdown(await judgeLabelled(recordedAs("port4500-blocked-nat-initiator")));
      expect(`${String(await page.evaluate("navigator.clipboard.readText()"))}\n`).toBe(markdown);
    });
  });

  inBrowser("copies a remedy", async () => {
    await open(html, { permissions: ["clipboard-read", "clipboard-write"] }, async ({ page }) => {
      await page.getByRole("button", { name: "Copy step 1 of natt-4500-unanswered" }).click();
      await page.getByText("Copied").waitFor();
      expect(await page.evaluate("navigator.clipboard.readText()")).toMatch(/^Open UDP 4500 in both/);
    });
  });

  inBrowser(
    "has light and dark colours, by the system or by its button, all of enough contrast",
    async () => {
      const background = "getComputedStyle(document.body).backgroundColor";
      await open(html, { colorScheme: "dark" }, async ({ page }) => {
        expect(await page.evaluate(background)).toBe("rgb(15, 20, 25)");
        expect(await page.evaluate(LOWEST_CONTRAST)).toBeGreaterThanOrEqual(4.5);
        await page.getByRole("button", { name: "Colours: auto" }).click();
        expect(await page.evaluate(background)).toBe("rgb(255, 255, 255)");
        expect(await page.evaluate(LOWEST_CONTRAST)).toBeGreaterThanOrEqual(4.5);
        await page.getByRole("button", { name: "Colours: light" }).click();
        expect(await page.evaluate(background)).toBe("rgb(15, 20, 25)");
      });
    },
  );

  inBrowser("fits a phone without scrolling sideways, and shows a message from below", async () => {
    await open(html, { viewport: { width: 375, height: 800 }, hasTouch: true }, async ({ page }) => {
      const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await page.evaluate(overflow)).toBe(0);
      await page.locator(".row").nth(2).click();
      const box = await page.getByRole("complementary").boundingBox();
      expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(800);
      await page.getByRole("button", { name: "Close" }).click();
      expect(await page.getByRole("complementary").count()).toBe(0);
      await page.getByRole("link", { name: "frame 13" }).click();
      const row = await page.locator(".row[aria-selected=true]").boundingBox();
      const sheet = await page.getByRole("complementary").boundingBox();
      expect((row?.y ?? 0) + (row?.height ?? 0)).toBeLessThan(sheet?.y ?? 0);
    });
  });

  inBrowser("prints with everything open, and closes it again", async () => {
    await open(html, {}, async ({ page }) => {
      expect(await page.locator("details:not([open])").count()).toBeGreaterThan(0);
      await page.evaluate(
        `addEventListener("beforeprint", () => {
          document.title = String(document.querySelectorAll("details:not([open], .procedures)").length);
        })`,
      );
      const pdf = await page.pdf({ format: "A4" });
      expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
      expect(await page.title()).toBe("0");
      expect(await page.locator("details:not([open])").count()).toBeGreaterThan(0);
      await page.emulateMedia({ media: "print" });
      expect(await page.locator("button:visible").count()).toBe(0);
    });
  });

  inBrowser("shows the report as text where scripts are off", async () => {
    await open(html, { javaScriptEnabled: false }, async ({ page }) => {
      expect(await page.locator("noscript pre").textContent()).toMatch(
        /^FAILING \(likely\) {2}192\.0\.2\.10/,
      );
    });
  });
});

describe("the page of 2,000 tunnels in a browser", () => {
  let html = "";
  beforeAll(async () => {
    if (CHROMIUM !== null) html = renderHtml((await mixed()).judgement, "0.0.0");
  });

  inBrowser("makes the rows that are seen, wherever it is scrolled to", async () => {
    await open(html, {}, async ({ page }) => {
      const rows = page.locator(".tunnels tr[data-tunnel]");
      expect(await rows.first().getAttribute("aria-rowindex")).toBe("1");
      const total = await page.locator(".tunnels").getAttribute("aria-rowcount");
      expect(Number(total)).toBeGreaterThan(2000);
      const frame = page.getByRole("region", { name: "List of tunnels" });
      await frame.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      await page.locator(`tr[aria-rowindex="${total}"]`).waitFor();
      expect(await rows.count()).toBeLessThan(120);
      expect(await page.evaluate("document.querySelectorAll('*').length")).toBeLessThan(5000);
      // From a link the arrow keys lead on, also beyond what was made.
      await rows.last().getByRole("link").focus();
      for (let step = 0; step < 60; step++) await page.keyboard.press("ArrowUp");
      const focused = await page.evaluate(
        "document.activeElement.closest('tr').getAttribute('aria-rowindex')",
      );
      expect(focused).toBe(String(Number(total) - 60));
    });
  });

  inBrowser(
    "brings the row that a link leads to into view, and leaves those that are seen where they are",
    async () => {
      const last = /"id":(\d+),"peers":"[^"]+","status":"healthy"/g;
      const [id = ""] = [...html.matchAll(last)].slice(-1).map((match) => match[1]);
      await open(html, { hash: `#tunnel=${id}` }, async ({ page }) => {
        const row = page.locator(`tr[data-tunnel="${id}"]`);
        await row.waitFor();
        expect(await row.getAttribute("aria-current")).toBe("true");
        const seen = `(() => {
        const frame = document.querySelector(".list .frame").getBoundingClientRect();
        const head = document.querySelector(".list thead").getBoundingClientRect();
        const row = document.querySelector("tr[aria-current=true]").getBoundingClientRect();
        return row.top >= head.bottom - 1 && row.bottom <= frame.bottom + 1;
      })()`;
        expect(await page.evaluate(seen)).toBe(true);
        const scrolled = (): Promise<number> =>
          page.evaluate(`document.querySelector(".list .frame").scrollTop`);
        const before = await scrolled();
        expect(before).toBeGreaterThan(1000);
        await page.locator(`tr:has(+ tr[data-tunnel="${id}"]) a`).click();
        expect(await page.evaluate(seen)).toBe(true);
        expect(await scrolled()).toBe(before);
      });
    },
  );

  inBrowser("is as high wherever it is scrolled to", async () => {
    await open(html, {}, async ({ page }) => {
      const frame = page.getByRole("region", { name: "List of tunnels" });
      const heights = new Set<number>();
      for (const part of [0, 0.31, 0.62, 0.9, 0.5, 0]) {
        await frame.evaluate((element, at) => element.scrollTo(0, element.scrollHeight * at), part);
        await page.evaluate(
          "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))",
        );
        heights.add(await frame.evaluate((element) => element.scrollHeight));
      }
      expect(Math.max(...heights) - Math.min(...heights)).toBeLessThanOrEqual(2);
    });
  });

  inBrowser("filters by words, by status and by finding, and says how many are left", async () => {
    await open(html, {}, async ({ page }) => {
      const rows = page.locator(".tunnels tr[data-tunnel]");
      const count = page.getByRole("status");
      await page.getByRole("searchbox").fill("10.0.0.77");
      expect(await rows.count()).toBe(1);
      expect(await count.textContent()).toMatch(/^1 of 2\d{3} tunnels$/);
      await page.getByRole("searchbox").fill("");
      await page.getByRole("button", { name: /^healthy \d+/ }).click();
      expect([...new Set(await rows.locator(".badge").allTextContents())]).toEqual(["healthy"]);
      await page.getByRole("button", { name: /^healthy \d+/ }).click();
      await page.getByRole("button", { name: /^esp-one-way/ }).click();
      const found = await rows.locator("td:nth-child(5)").allTextContents();
      expect([...new Set(found)]).toEqual(["esp-one-way"]);
      await page.getByRole("searchbox").fill("nothing has this");
      expect(await rows.count()).toBe(0);
    });
  });

  inBrowser("sorts by a column, one way and the other", async () => {
    await open(html, {}, async ({ page }) => {
      const head = page.locator(".tunnels th", { hasText: "IKE" });
      const numbers = async (): Promise<number[]> =>
        (await page.locator(".tunnels tbody td:nth-child(6)").allTextContents()).map(Number);
      await head.getByRole("button").click();
      expect(await head.getAttribute("aria-sort")).toBe("ascending");
      const up = await numbers();
      expect(up).toEqual(up.toSorted((a, b) => a - b));
      await head.getByRole("button").press("Enter");
      expect(await head.getAttribute("aria-sort")).toBe("descending");
      const down = await numbers();
      expect(down).toEqual(down.toSorted((a, b) => b - a));
      expect(down[0]).toBeGreaterThan(up[0] ?? 0);
    });
  });

  inBrowser("shows the tunnel of a row, and what it had no room for it says", async () => {
    await open(html, {}, async ({ page }) => {
      const row = page.locator(".tunnels tr[data-tunnel]").nth(4);
      const id = await row.getAttribute("data-tunnel");
      await row.getByRole("link").press("Enter");
      await page.locator(".tunnel h2:focus", { hasText: `Tunnel ${id}:` }).waitFor();
      expect(await page.locator(".tunnels tr[aria-current]").getAttribute("data-tunnel")).toBe(id);
      await page.getByRole("button", { name: /^healthy \d+/ }).click();
      const last = page.locator(".tunnels tr[data-tunnel]").last();
      const frame = page.getByRole("region", { name: "List of tunnels" });
      await frame.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      await last.getByRole("link").click();
      await page.locator(".tunnel code", { hasText: "ikescope ladder --tunnel" }).waitFor();
    });
  });
});

describe("a hostile capture in a browser", () => {
  inBrowser("is shown as text, and nothing of it acts", async () => {
    await open(renderHtml(hostileJudgement(), "0.0.0"), {}, async ({ page }) => {
      for (const row of await page.locator(".row").all()) await row.click();
      await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
      expect(await page.title()).toMatch(/^failing \(certain\): /);
      expect(await page.locator("img, iframe, object, embed, script[src], b b, main style").count()).toBe(0);
      const links = await page
        .locator("a")
        .evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
      expect(links.filter((href) => !href.startsWith("#"))).toEqual([]);
      const text = await page.locator("body").innerText();
      const [image = "", script = ""] = HOSTILE;
      expect(text).toContain(image);
      expect(text).toContain(script);
      expect(await page.getByRole("complementary").innerText()).toContain("onerror");
    });
  });
});
