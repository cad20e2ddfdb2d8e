import { describe, expect, it } from "vitest";
import { addressBytes } from "../../src/bytes/address.js";
import { toHex } from "../../src/bytes/hex.js";
import { openCaptures } from "../../src/capture/node/open.js";
import {
  AnonymizedSource,
  analyze,
  renderHtml,
  renderLadder,
  renderMarkdown,
  renderText,
  toReport,
} from "../../src/index.js";
import { readAll } from "../support/capture/read-all.js";
import { extractFor } from "../support/extract.js";
import { sampled } from "../support/sample.js";
import { latin, secretsOf, spellings } from "../support/secrets.js";
import { generated, recorded } from "../score/labelled.js";

/** One of so many captures is searched in `npm test`. */
const SHARE = 48;
const KEY = new TextEncoder().encode("a secret of the leak tests");

describe("nothing of the original is left in a labelled capture made anonymous", () => {
  const captures = [...recorded(), ...generated()].map(({ truth, open }) => [truth.file, open] as const);

  it.each(sampled(captures, SHARE))("%s: in no output and in no spelling", async (file, original) => {
    const open = async (): Promise<AnonymizedSource> => new AnonymizedSource(await original(), KEY);
    const secrets = await secretsOf(original);
    expect(secrets.length).toBeGreaterThan(2);
    const { judgement } = await analyze(await open());
    const frames = (await readAll(await open())).records.map(({ bytes }) => latin(bytes)).join("");
    const evidence = latin(await extractFor(judgement, await open()));
    const json = JSON.stringify(toReport(judgement, "0"));
    const text = renderText(judgement);
    const page = renderHtml(judgement, "0");
    const markdown = renderMarkdown(judgement);
    const ladder = judgement.tunnels.map(({ tunnel }) => renderLadder(judgement, tunnel.id) ?? "").join("");
    const outputs = { frames, evidence, json, text, page, markdown, ladder };
    const leaks = secrets.flatMap((secret) =>
      spellings(secret).flatMap((spelling) =>
        Object.entries(outputs).flatMap(([name, output]) =>
          output.includes(spelling) ? [`${toHex(secret)} as ${spelling} in ${name}`] : [],
        ),
      ),
    );
    expect(leaks).toEqual([]);
    for (const output of Object.values(outputs)) expect(output).not.toContain(file.replace(/\.pcap$/, ""));
  });
});

describe("addresses made anonymous", () => {
  const addresses = [
    "192.0.2.10",
    "192.0.2.11",
    "198.51.100.20",
    "10.1.0.1",
    "10.1.255.3",
    "2001:db8::1",
    "2001:db8::2",
  ];

  it("keep as many first bits in common as they had", async () => {
    const source = new AnonymizedSource(await openCaptures([]), KEY);
    for (const one of addresses) {
      for (const other of addresses) {
        if (one.includes(":") !== other.includes(":")) continue;
        expect(commonBits(source.address(one), source.address(other))).toBe(commonBits(one, other));
      }
    }
  });

  it("stay private, loopback or multicast", async () => {
    const source = new AnonymizedSource(await openCaptures([]), KEY);
    expect(source.address("10.1.0.1")).toMatch(/^10\./);
    expect(source.address("192.168.4.5")).toMatch(/^192\.168\./);
    expect(source.address("127.0.0.1")).toBe("127.0.0.1");
    expect(source.address("fe80::1:2")).toMatch(/^fe[89ab]/);
    expect(source.address("ff02::1")).toMatch(/^ff02:/);
  });
});

function commonBits(one: string, other: string): number {
  const [a, b] = [addressBytes(one), addressBytes(other)];
  if (a === null || b === null) throw new Error("no address");
  for (let bit = 0; bit < a.length * 8; bit++) {
    const at = bit >> 3;
    if ((((a[at] as number) ^ (b[at] as number)) >> (7 - (bit & 7))) & 1) return bit;
  }
  return a.length * 8;
}
