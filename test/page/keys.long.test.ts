import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { toHex } from "../../src/bytes/hex.js";
import { PCAPS } from "../score/truth.js";
import { CHROMIUM, type Opened, Pages } from "../support/browser.js";
import { ikescope } from "../support/command.js";
import { HAVE_SAMPLES, NO_SAMPLES, SAMPLES } from "../support/keys/samples.js";
import { CIPHER_KEY, INTEGRITY_KEY, KEYS, SEALED as CAPTURE, TABLE } from "../support/keys/sealed-capture.js";
import { keyBytes } from "../support/keys/texts.js";
import { drop, JUDGING_PAGE } from "../support/judging-page.js";
import { itIf } from "../support/require.js";

const inBrowser = itIf(CHROMIUM !== null, "no Chromium (apt-get install chromium)");
const withSamples = itIf(CHROMIUM !== null && HAVE_SAMPLES, NO_SAMPLES);

let pages: Pages | null = null;
beforeAll(async () => {
  if (CHROMIUM !== null) pages = await Pages.start();
});
afterAll(async () => pages?.stop());

async function withPage(use: (opened: Opened) => Promise<void>): Promise<void> {
  if (pages === null) throw new Error("the browser did not start");
  const opened = await pages.open(JUDGING_PAGE);
  try {
    await use(opened);
    expect(opened.faults).toEqual([]);
  } finally {
    await opened.close();
  }
}

describe("keys that are dropped on the page", () => {
  inBrowser("open what is encrypted, which a message shows, and no key is ever shown", async () => {
    await withPage(async ({ page }) => {
      await drop(page, [CAPTURE, KEYS]);
      expect(await page.locator(".keys summary").textContent()).toBe(
        "Keys: 1 of 1 open something of the capture",
      );
      expect(await page.locator(".keys li").textContent()).toContain("opens 1 message of IKE SA");
      await page.locator(".row").first().click();
      await page.locator(".hex").waitFor();
      expect(await page.getByRole("complementary").textContent()).toMatch(
        /Decrypted .*opened with keys\.csv line 1.*NO_PROPOSAL_CHOSEN/,
      );
      const html = await page.content();
      for (const key of [CIPHER_KEY, INTEGRITY_KEY]) expect(html).not.toContain(toHex(key).slice(0, 16));
    });
  });

  inBrowser("may come behind the capture that they are for", async () => {
    await withPage(async ({ page }) => {
      await drop(page, [CAPTURE]);
      expect(await page.locator(".keys").count()).toBe(0);
      await drop(page, [KEYS]);
      await page.locator(".keys").waitFor();
      expect(await page.locator(".files b").textContent()).toBe("a.pcap");
    });
  });

  inBrowser("alone are refused with what is missing", async () => {
    await withPage(async ({ page }) => {
      expect((await drop(page, [KEYS])).refused).toBe(
        "there are only keys: give the capture that they open with them",
      );
    });
  });

  inBrowser("of no use are told, with why", async () => {
    await withPage(async ({ page }) => {
      const other = TABLE.replaceAll(toHex(INTEGRITY_KEY), toHex(keyBytes(32, 9)));
      await drop(page, [
        CAPTURE,
        { name: "keys.csv", bytes: new TextEncoder().encode(`${other}${other.slice(0, 90)}\n`) },
      ]);
      expect(await page.locator(".keys li").allTextContents()).toEqual([
        expect.stringContaining("keys.csv line 2 (ikev2_decryption_table): not taken:"),
        "the keys open nothing of the capture",
        expect.stringContaining("this SA is in the capture, and the key does not fit it"),
      ]);
      const unrelated = readFileSync(new URL("healthy-ikev2-initiator.pcap", PCAPS));
      await drop(page, [{ name: "b.pcap", bytes: unrelated }, KEYS]);
      await page.locator(".files", { hasText: "b.pcap" }).waitFor();
      expect(await page.locator(".keys").textContent()).toContain("nothing in the capture has this SPI");
    });
  });

  for (const [sample, keys] of [
    ["s2-psk-cbc", "alice.charon.ike4-chd4.log"],
    ["s2-psk-gcm", "alice.charon.ike4-chd4.log"],
    ["s2-chapoly", "alice.charon.ike4-chd4.log"],
    ["s1-quick-no-proposal", "alice.charon.ike4-chd4.log"],
    ["lw-v2-gcm", "alice.ip-s-xfrm-state.end.txt"],
  ] as const) {
    withSamples(`${sample}: lead to what the command says with them`, async () => {
      const [capture, text] = [join(SAMPLES, sample, "alice.pcap"), join(SAMPLES, sample, keys)];
      const { stdout } = await ikescope([capture, "--keys", text, "--with", text, "-f", "json"]);
      const { findings } = JSON.parse(stdout) as { findings: { code: string }[] };
      const fits = await ikescope(["keys", text, capture]);
      await withPage(async ({ page }) => {
        await drop(page, [
          { name: "alice.pcap", bytes: readFileSync(capture) },
          { name: keys, bytes: readFileSync(text) },
        ]);
        await page.locator(".tunnel").waitFor();
        const codes = await page
          .locator(".finding .quiet:first-of-type > code:first-child")
          .allTextContents();
        expect(codes.toSorted()).toEqual(findings.map(({ code }) => code).toSorted());
        for (const line of await page.locator(".keys li").allTextContents())
          expect(fits.stdout).toContain(line);
      });
    });
  }
});
