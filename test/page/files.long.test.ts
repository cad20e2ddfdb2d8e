import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { PAGE } from "../../src/texts/zh/page.js";
import { PCAPS } from "../score/truth.js";
import { CHROMIUM, LOWEST_CONTRAST, type Opened, Pages } from "../support/browser.js";
import { ikescope } from "../support/command.js";
import { charonLogOf } from "../support/host/beside.js";
import { HOSTILE, hostileCapture } from "../support/hostile.js";
import { drop, JUDGING_PAGE, type PageAnswer } from "../support/judging-page.js";
import { PACKED, packedAnswer } from "../support/page-packed.js";
import { itIf } from "../support/require.js";
import { captureFile } from "../support/scenario/capture-file.js";
import { informational, scenario, setsUp } from "../support/scenario/index.js";

const inBrowser = itIf(CHROMIUM !== null, "no Chromium (apt-get install chromium)");
const CAPTURE = readFileSync(new URL("port4500-blocked-nat-initiator.pcap", PCAPS));
const BLOCKED = {
  word: "failing (likely)",
  who: "192.0.2.10 -> 198.51.100.20",
  what: "IKE_AUTH request on UDP 4500 never answered (4 attempts in 4.8 s); UDP 500 works",
};

/** Run in a page: its texts, those of attributes, too. */
const LABELS = `[...document.querySelectorAll("body *:not(script, style)")].flatMap((element) => [
  ...[...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent.trim()),
  ...["aria-label", "placeholder", "title"].flatMap((name) => element.getAttribute(name) ?? []),
])`;

let pages: Pages | null = null;
beforeAll(async () => {
  if (CHROMIUM !== null) pages = await Pages.start();
});
afterAll(async () => pages?.stop());

async function withPage(use: (opened: Opened) => Promise<void>, html = JUDGING_PAGE): Promise<void> {
  if (pages === null) throw new Error("the browser did not start");
  const opened = await pages.open(html);
  try {
    await use(opened);
  } finally {
    await opened.close();
  }
}

/** What the page says of one file of that name; it must do nothing else. */
async function said(bytes: Uint8Array, name = "trace.pcap"): Promise<PageAnswer> {
  let answer: PageAnswer | null = null;
  await withPage(async ({ page, faults }) => {
    answer = await drop(page, [{ name, bytes }]);
    expect(faults).toEqual([]);
  });
  if (answer === null) throw new Error("the page says nothing");
  return answer;
}

describe("a file that is dropped on the page", () => {
  for (const packed of PACKED) {
    inBrowser(`may be gzip: ${packed.what}`, async () => {
      const { refused, ...answer } = await said(packed.bytes(), "trace.pcap.gz");
      expect(answer).toEqual(await packedAnswer(packed));
      expect(refused).toMatch(packed.refused);
    });
  }

  inBrowser("that was cut gives what it holds, and the page says so", async () => {
    const answer = await said(gzipSync(CAPTURE).subarray(0, -40));
    expect(answer).toMatchObject({ word: BLOCKED.word, what: BLOCKED.what });
    await withPage(async ({ page }) => {
      await drop(page, [{ name: "cut.pcap", bytes: CAPTURE.subarray(0, -10) }]);
      expect(await page.locator(".files").innerText()).toContain("the file ends inside a record");
    });
  });

  inBrowser("that is no capture is refused in the words of the command", async () => {
    const { code, stderr } = await ikescope(["LICENSE"]);
    expect(code).toBe(2);
    const bytes = readFileSync(new URL("../LICENSE", PCAPS));
    expect((await said(bytes, "LICENSE")).refused).toBe(stderr.trim().replace("ikescope: ", ""));
  });

  inBrowser("packed in a form that no browser unpacks is refused with the way out", async () => {
    const { refused } = await said(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0), "trace.pcap.zst");
    expect(refused).toBe(
      "trace.pcap.zst: packed with zstd, which a browser does not unpack: zstd -d trace.pcap.zst, then what comes out",
    );
  });

  inBrowser("and comes from both ends with another one is compared", async () => {
    const names = ["path-lost-initiator.pcap", "path-lost-responder.pcap"];
    await withPage(async ({ page, faults }) => {
      const answer = await drop(
        page,
        names.map((name) => ({ name, bytes: readFileSync(new URL(name, PCAPS)) })),
      );
      const { stdout } = await ikescope(names.map((name) => `pcaps/${name}`));
      expect(stdout.slice(0, stdout.indexOf("\n\n")).replaceAll(/\s+/g, " ").toLowerCase()).toContain(
        `${answer.word} ${answer.who} ${answer.what}`.toLowerCase(),
      );
      expect(await page.locator(".finding").first().innerText()).toMatch(/frame [12]:\d+/);
      expect(faults).toEqual([]);
    });
  });

  inBrowser("and is what a gateway says is judged with the capture beside it", async () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    for (const at of [10, 14, 21]) talk.at(at).responder.sends(informational({ id: 0 }));
    talk.endsAt(100);
    // The messages come, and the daemon knows nothing of them.
    const log = charonLogOf(talk, "192.0.2.10", {
      also: [
        [-5, "05[NET] waiting for data on sockets"],
        [100, "05[NET] waiting for data on sockets"],
      ],
      lacks: ({ exchange }) => exchange === "INFORMATIONAL",
    });
    const folder = mkdtempSync(join(tmpdir(), "ikescope-page-"));
    const files = [
      { name: "trace.pcapng", bytes: captureFile(talk) },
      { name: "gateway.log", bytes: new TextEncoder().encode(log) },
    ];
    for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes);
    const { stdout } = await ikescope([
      "-f",
      "json",
      join(folder, "trace.pcapng"),
      "--with",
      join(folder, "gateway.log"),
    ]);
    rmSync(folder, { recursive: true });
    const { findings } = JSON.parse(stdout) as { findings: { code: string }[] };
    await withPage(async ({ page, faults }) => {
      await drop(page, files);
      await page.locator(".tunnel").waitFor();
      const codes = await page.locator(".finding .quiet:first-of-type > code:first-child").allTextContents();
      expect(codes.toSorted()).toEqual(findings.map(({ code }) => code).toSorted());
      expect(codes).toContain("host-drops-inbound");
      expect(faults).toEqual([]);
    });
  });

  inBrowser("gives the same without WebAssembly, and the page says why it takes longer", async () => {
    await withPage(
      async ({ page }) => {
        await page.evaluate(
          `new MutationObserver(() => {
            const slow = document.querySelector(".busy .quiet");
            if (slow !== null && !slow.hidden) globalThis.saidSlow = slow.textContent;
          }).observe(document.body, { childList: true, subtree: true, attributes: true })`,
        );
        expect(await drop(page, [{ name: "a.pcap", bytes: CAPTURE }])).toEqual({ ...BLOCKED, refused: "" });
        expect(await page.evaluate("globalThis.saidSlow")).toContain("no WebAssembly");
      },
      JUDGING_PAGE.replace(" 'wasm-unsafe-eval'", ""),
    );
  });

  inBrowser(
    "with hostile texts in every field and in its name shows them, and nothing of it acts",
    async () => {
      await withPage(async ({ page, faults }) => {
        await drop(page, [{ name: `${HOSTILE[0]}.pcap`, bytes: hostileCapture() }]);
        await page.locator(".row").first().waitFor();
        for (const row of await page.locator(".row").all()) await row.click();
        await page.evaluate(
          "for (const details of document.querySelectorAll('details')) details.open = true",
        );
        expect(await page.title()).toMatch(/ - ikescope$/);
        expect(await page.locator("img, iframe, object, embed, script[src], b b, main style").count()).toBe(
          0,
        );
        expect(await page.locator(".files").innerText()).toContain(HOSTILE[0]);
        expect(await page.getByRole("complementary").innerText()).toContain("onerror");
        expect(faults).toEqual([]);
      });
    },
  );
});

describe("the page", () => {
  inBrowser("opens the next capture, and shows of several tunnels the one that is chosen", async () => {
    await withPage(async ({ page, faults }) => {
      await drop(page, [{ name: "a.pcap", bytes: CAPTURE }]);
      const other = readFileSync(new URL("no-proposal-ikev2-initiator.pcap", PCAPS));
      await page.locator("input[type=file]").first().setInputFiles({
        name: "b.pcap",
        mimeType: "application/octet-stream",
        buffer: other,
      });
      await page.locator(".files", { hasText: "b.pcap" }).waitFor();
      await page.locator(".row").first().waitFor();
      expect(await page.locator(".finding code").first().innerText()).toBe("ike-no-proposal-chosen");
      // "Add files" keeps what is open.
      await page.locator("input[type=file]").nth(1).setInputFiles({
        name: "c.pcap",
        mimeType: "application/octet-stream",
        buffer: CAPTURE,
      });
      await page.locator(".files", { hasText: "c.pcap" }).waitFor();
      expect(await page.locator(".files b").allTextContents()).toEqual(["b.pcap", "c.pcap"]);
      expect(faults).toEqual([]);
    });
  });

  inBrowser("shows the bytes of a message, and which field stands where, both ways and by keys", async () => {
    await withPage(async ({ page, faults }) => {
      await drop(page, [{ name: "a.pcap", bytes: CAPTURE }]);
      await page.locator(".row").first().click();
      const hex = page.locator(".hex");
      await hex.waitFor();
      expect(await hex.locator(".text").first().innerText()).toHaveLength(16);
      const panel = page.getByRole("complementary");
      await panel.getByText("Header", { exact: true }).click();
      await panel.getByText("Responder SPI").click();
      expect(await hex.locator(".marked").allInnerTexts()).toEqual(Array.from({ length: 8 }, () => "00"));
      await hex.locator(".cells span").nth(17).click();
      expect(await panel.locator(".chosen").innerText()).toContain("Version");
      await hex.press("ArrowRight");
      expect(await panel.locator(".chosen").innerText()).toContain("Exchange type IKE_SA_INIT");
      expect(await panel.getByRole("button", { name: /^Copy a Wireshark filter/ }).count()).toBe(1);
      expect(await panel.innerText()).toContain("frame.number == 6");
      expect(faults).toEqual([]);
    });
  });

  inBrowser(
    "speaks Chinese and writes local times when it is told to, of what is judged already",
    async () => {
      await withPage(async ({ page, faults }) => {
        await drop(page, [{ name: "a.pcap", bytes: CAPTURE }]);
        const said = await ikescope(["--lang", "zh", "pcaps/port4500-blocked-nat-initiator.pcap"]);
        await page.getByRole("button", { name: "\u4e2d\u6587" }).click();
        const word = page.locator(".verdict .badge", { hasText: /\p{Script=Han}/u });
        await word.waitFor();
        expect(said.stdout.toLowerCase()).toContain(await word.textContent());
        expect(said.stdout).toContain(await page.locator(".top > .what").textContent());
        expect(await page.locator("html").getAttribute("lang")).toBe("zh-Hans");
        expect(page.url()).toMatch(/#lang=zh$/);
        await page.locator(".evidence a").first().click();
        expect(page.url()).toMatch(/#tunnel=1&frame=7&lang=zh$/);
        await page.getByRole("button", { name: "\u5173\u95ed" }).click();
        await page.getByRole("button", { name: "English" }).click();
        await page.getByRole("button", { name: "Times: UTC" }).click();
        await page.getByRole("button", { name: "Times: local" }).waitFor();
        await page.locator(".top > .what", { hasText: BLOCKED.what }).waitFor();
        expect(faults).toEqual([]);
      });
    },
  );

  inBrowser("speaks the language of the browser, or that of its address, in all that it says", async () => {
    if (pages === null) throw new Error("the browser did not start");
    for (const options of [{ locale: "zh-CN" }, { locale: "en-US", hash: "#lang=zh" }]) {
      const opened = await pages.open(JUDGING_PAGE, options);
      const { page, faults } = opened;
      await drop(page, [{ name: "a.pcap", bytes: CAPTURE }]);
      await page.locator(".row").first().click();
      await page.locator(".hex").waitFor();
      const said = await page.evaluate<string[]>(LABELS);
      expect(said.filter((text) => Object.hasOwn(PAGE, text) && PAGE[text] !== text)).toEqual([]);
      expect(said).toContain(PAGE["What to do"]);
      expect(faults).toEqual([]);
      await opened.close();
    }
    for (const options of [{ locale: "zh-TW" }, { locale: "zh-CN", hash: "#lang=en" }]) {
      const opened = await pages.open(JUDGING_PAGE, options);
      expect(await opened.page.getByRole("button", { name: "Choose files" }).count()).toBe(1);
      await opened.close();
    }
  });

  inBrowser("is used by keys alone, from the answer to a message and back", async () => {
    await withPage(async ({ page, faults }) => {
      const focused = (): Promise<string> =>
        page.evaluate(
          `[document.activeElement.tagName, document.activeElement.textContent.trim()].join(" ").slice(0, 40)`,
        );
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await drop(page, [{ name: "a.pcap", bytes: CAPTURE }]);
      expect(await focused()).toBe("H2 192.0.2.10 -> 198.51.100.20");
      await page.locator(".diagram svg").focus();
      await page.keyboard.press("ArrowDown");
      await page.locator(".hex").waitFor();
      await page.keyboard.press("Tab");
      expect(await focused()).toBe("BUTTON Close");
      await page.keyboard.press("Escape");
      expect(await focused()).toMatch(/^svg /);
      expect(await page.locator(".hex").count()).toBe(0);
      await page.locator(".skip").focus();
      await page.keyboard.press("Enter");
      expect(await page.evaluate("document.activeElement.id")).toBe("detail");
      expect(new URL(page.url()).hash).toBe("");
      expect(faults).toEqual([]);
    });
  });

  inBrowser("stays where it is when its language changes", async () => {
    await withPage(async ({ page }) => {
      await drop(page, [{ name: "a.pcap", bytes: CAPTURE }]);
      await page.getByRole("link", { name: "frame 13" }).click();
      await page.evaluate("scrollTo(0, 0)");
      await page.getByRole("button", { name: "\u4e2d\u6587" }).click();
      await page.getByRole("link", { name: "\u5e27 13" }).waitFor();
      expect(await page.evaluate("document.activeElement.textContent")).toBe("English");
      expect(await page.evaluate("scrollY")).toBe(0);
      expect(page.url()).toMatch(/#tunnel=1&frame=13&lang=zh$/);
    });
  });

  inBrowser("is printed with its pictures, and without what would have to be read first", async () => {
    await withPage(async ({ page }) => {
      await drop(page, [{ name: "a.pcap", bytes: readFileSync(new URL("esp-loss-responder.pcap", PCAPS)) }]);
      await page.locator(".strip").first().waitFor();
      await page.emulateMedia({ media: "print" });
      await page.evaluate(`dispatchEvent(new Event("beforeprint"))`);
      expect(await page.locator(".strip .bar").first().isVisible()).toBe(true);
      expect(await page.locator(".top-bar").isVisible()).toBe(false);
      expect(await page.locator(".traffic").isVisible()).toBe(false);
      expect(await page.locator("main details:not([open], .procedures, .traffic)").count()).toBe(0);
    });
  });

  inBrowser("fits a phone, in light and in dark, with contrast enough", async () => {
    if (pages === null) throw new Error("the browser did not start");
    for (const colorScheme of ["light", "dark"] as const) {
      const opened = await pages.open(JUDGING_PAGE, {
        viewport: { width: 390, height: 800 },
        hasTouch: true,
        colorScheme,
      });
      const { page } = opened;
      const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await page.evaluate(overflow)).toBe(0);
      expect(await page.evaluate(LOWEST_CONTRAST)).toBeGreaterThanOrEqual(4.5);
      await drop(page, [{ name: "a.pcap", bytes: CAPTURE }]);
      await page.locator(".row").first().click();
      await page.locator(".hex").waitFor();
      await page.locator(".hex .cells span").nth(17).click();
      expect(await page.evaluate(overflow)).toBe(0);
      expect(await page.evaluate(LOWEST_CONTRAST)).toBeGreaterThanOrEqual(4.5);
      await opened.close();
    }
  });
});

describe("a reading that is stopped", () => {
  inBrowser("is judged up to there, and the page says so", async () => {
    await withPage(async ({ page, faults }) => {
      // Some 8 GB, of which the browser holds one part: nobody reads that before the button is pressed.
      const record = CAPTURE.subarray(24).toString("base64");
      const head = CAPTURE.subarray(0, 24).toString("base64");
      await page.evaluate(`(() => {
        const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        let part = new Blob([bytes(${JSON.stringify(record)})]);
        for (let times = 0; times < 5; times++) part = new Blob(Array(20).fill(part));
        globalThis.whole = new File([bytes(${JSON.stringify(head)}), part], "big.pcap");
        const transfer = new DataTransfer();
        transfer.items.add(whole);
        dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }));
      })()`);
      expect(await page.evaluate<number>("whole.size")).toBeGreaterThan(8e9);
      await page.getByRole("button", { name: "Stop, and judge what was read" }).click();
      await page.locator(".top").waitFor();
      expect(await page.locator(".top").innerText()).toContain(
        "Stopped: what was read until then is judged.",
      );
      const [, packets] = /(\d+) packets/.exec(await page.locator(".files").innerText()) ?? [];
      expect(Number(packets)).toBeLessThan(
        (29 * (await page.evaluate<number>("whole.size"))) / CAPTURE.length,
      );
      expect(faults).toEqual([]);
    });
  });

  inBrowser("by the next capture is forgotten", async () => {
    await withPage(async ({ page, faults }) => {
      await page.evaluate(`(() => {
        let part = new Blob([new Uint8Array(1024)]);
        for (let times = 0; times < 5; times++) part = new Blob(Array(20).fill(part));
        const transfer = new DataTransfer();
        transfer.items.add(new File([part], "zeros.pcap.txt"));
        dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }));
      })()`);
      await page.locator(".busy").waitFor();
      expect(await drop(page, [{ name: "a.pcap", bytes: CAPTURE }])).toEqual({ ...BLOCKED, refused: "" });
      expect(faults).toEqual([]);
    });
  });
});
