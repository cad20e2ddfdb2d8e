import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../support/seeded-properties.js";
import { LONGEST_LINE } from "../../src/evidence/lines/splitter.js";
import { readEvidence } from "../../src/evidence/read.js";
import { MOST_SECTIONS } from "../../src/evidence/section.js";
import { readText } from "../support/host/read-text.js";
import { ALICE, BOB, charonLine, KEY, xfrmPolicy, xfrmStat, xfrmState } from "../support/host/texts.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const TEXT = [
  charonLine(0, 5, "NET", `sending packet: from ${ALICE}[500] to ${BOB}[500] (464 bytes)`),
  xfrmState({ spi: 0xc86e2719, packets: 3 }),
  xfrmPolicy({ src: "10.1.0.0/24", dst: "10.2.0.0/24", direction: "out", reqid: 1 }),
  xfrmStat({ XfrmInTmplMismatch: 24 }),
  `list-sa event {site {state=ESTABLISHED child-sas {n1-1 {name=n1 spi-in=c86e2719}}}}\n`,
  `000 #3: "net" esp.48d69bc@${BOB} esp.e7e91b83@${ALICE} tun.0@${BOB} \n`,
  `site: #1, ESTABLISHED, IKEv2, 14a17ff0e473d006_i* 7c3f6b976febc49d_r\n`,
].join("");

describe("the reader of host texts", () => {
  it("finds the same however the bytes come", async () => {
    const whole = await readText(TEXT, TEXT.length);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), async (piece) => {
        expect(await readText(TEXT, piece)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  it("survives any damage, and never fails", async () => {
    const bytes = new TextEncoder().encode(TEXT);
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(bytes.length), async (changes, end) => {
        const damaged = bytes.slice(0, end);
        for (const [at, value] of changes) if (at < end) damaged[at] = value;
        const { evidence } = await readText(damaged);
        expect(evidence.lines).toBeLessThanOrEqual(damaged.filter((byte) => byte === 10).length + 1);
      }),
      { numRuns: 300 },
    );
  });

  it("survives any text of words that it knows", async () => {
    const words = TEXT.split(/(\s)/);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...words), { maxLength: 200 }), async (parts) => {
        expect((await readText(parts.join(""))).evidence.sections.length).toBeLessThanOrEqual(parts.length);
      }),
      { numRuns: 200 },
    );
  });

  it("cuts a line without end, and counts it", async () => {
    const { evidence } = await readText(`${"x".repeat(LONGEST_LINE * 3)}\nXfrmInError\t0\n`, 100_000);
    expect(evidence).toMatchObject({ lines: 2, cutLines: 1 });
    expect(evidence.sections).toHaveLength(1);
  });

  it("keeps a bounded number of sections of a text that changes with each line", async () => {
    const two = `XfrmInError\t0\n05[NET] waiting\n`;
    const { evidence } = await readText(two.repeat(MOST_SECTIONS), 65_536);
    expect(evidence.sections).toHaveLength(MOST_SECTIONS);
    expect(evidence.droppedSections).toBe(MOST_SECTIONS);
  });

  it("holds no lines of a log, however many come", async () => {
    const block = new TextEncoder().encode(TEXT.repeat(200));
    let left = 20;
    const kept: number[] = [];
    const evidence = await readEvidence(
      {
        read: () => {
          if (left % 5 === 0) {
            collect();
            kept.push(process.memoryUsage().heapUsed);
          }
          return Promise.resolve(left-- > 0 ? block : null);
        },
      },
      { file: "large", near: 0 },
    );
    expect(evidence?.lines).toBe(20 * 200 * (TEXT.split("\n").length - 1));
    expect((kept.at(-1) ?? 0) - (kept[1] ?? 0)).toBeLessThan(2 * 1024 * 1024);
  });

  it("is no text where its first bytes are none", async () => {
    const read = [Uint8Array.of(0xd4, 0xc3, 0xb2, 0xa1, 2, 0)];
    const evidence = await readEvidence(
      { read: () => Promise.resolve(read.shift() ?? null) },
      { file: "a", near: 0 },
    );
    expect(evidence).toBeNull();
  });
});

describe("secrets in host texts", () => {
  const DUMP = `Sk_ei secret => 16 bytes @ 0x5c014690\n`;
  const BODY = (KEY.enc.toUpperCase().match(/../g) ?? []).join(" ");
  it.each([
    ["states with keys", xfrmState({ spi: 1000 }), "keys of a Child SA"],
    ["dumps of charon", `05[IKE] ${DUMP}05[IKE]    0: ${BODY}  ................\n`, "keys of an IKE SA"],
    [
      "the PSK in clear",
      "05[IKE] secret => 9 bytes @ 0x5c\n05[IKE]    0: 74 6F 70 73  tops\n",
      "a pre-shared key or password",
    ],
    ["ipsec.secrets", '@a @b : PSK "topsecret"\n', "a pre-shared key or password"],
    ["swanctl.conf", 'secret="topsecret"\n', "a pre-shared key or password"],
    [
      "keys of pluto",
      `Nov 28 20:17:12.1: | ikev2 I 0x14a17ff0e473d006 0x7c3f6b976febc49d sha256:0x${KEY.auth} aes128:0x${KEY.enc}\n`,
      "keys of an IKE SA",
    ],
    [
      "a table of Wireshark",
      `14a17ff0e473d006,7c3f6b976febc49d,${KEY.enc},${KEY.enc},"AES",${KEY.auth},${KEY.auth},"SHA"\n`,
      "keys of an IKE SA",
    ],
  ])("are told by the number of their line: %s", async (_, text, kind) => {
    const read = await readText(text);
    expect(read.evidence.secrets.found.map((found) => found.kind)).toContain(kind);
    expect(JSON.stringify(read)).not.toMatch(new RegExp(`topsecret|${KEY.enc}|${KEY.auth}|${BODY}`, "i"));
  });

  it("are none where a dump of something public stands", async () => {
    const text = "05[IKE] natd_hash => 20 bytes @ 0x5c01\n05[IKE]    0: 9C 61 68 5B  .ah[\n";
    expect((await readText(text)).evidence.secrets.found).toEqual([]);
  });
});
