import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../support/seeded-properties.js";
import { AddressMap } from "../../src/anonymize/addresses.js";
import { Identifiers } from "../../src/anonymize/identifiers.js";
import { Keyed } from "../../src/anonymize/keyed.js";
import { Redactor } from "../../src/anonymize/text/redactor.js";
import { readText } from "../support/host/read-text.js";
import { ALICE, BOB, charonLine, hex8, KEY, xfrmPolicy, xfrmStat, xfrmState } from "../support/host/texts.js";

const SECRET = new Uint8Array(32).fill(7);
const SPI = 0xc86e2719;

function redact(text: string): { readonly text: string; readonly redactor: Redactor } {
  const redactor = new Redactor(SECRET);
  const lines = text
    .split("\n")
    .map((line, index) => redactor.line({ text: line, number: index + 1, isCut: false, isLast: false }));
  return { text: lines.filter((line) => line !== null).join("\n"), redactor };
}

describe("a redacted text", () => {
  const keyed = new Keyed(SECRET);
  const alice = new AddressMap(keyed).text(ALICE);
  const spi = new Identifiers(keyed).espSpi(SPI);

  it("is there at once, however many spaces stand behind a key", () => {
    const line = `\tenc cbc(aes) 0x${KEY.enc}${" ".repeat(5000)}`;
    expect(redact(line).text).toContain("<<Keys hidden>>");
    expect(redact(`${line}x`).text).not.toContain("<<Keys hidden>>");
  });

  it("has the addresses and SPIs that the same key gives in a capture, in all their spellings", () => {
    const { text } = redact(
      [
        charonLine(0, 5, "NET", `sending packet: from ${ALICE}[500] to ${BOB}[500] (464 bytes)`).trim(),
        charonLine(
          0,
          5,
          "IKE",
          `CHILD_SA n1{1} established with SPIs ${hex8(SPI)}_i 00001000_o and TS 10.1.0.0/24 === 10.2.0.0/24`,
        ).trim(),
        xfrmState({ spi: SPI, dst: ALICE }),
      ].join("\n"),
    );
    expect(text).toContain(`from ${alice}[500]`);
    expect(text).toContain(`SPIs ${hex8(spi)}_i`);
    expect(text).toContain(`spi 0x${hex8(spi)}(${spi})`);
    expect(text).not.toContain(ALICE);
    expect(text).not.toContain(BOB);
    expect(text).not.toContain("10.1.0.0");
  });

  it("is read as the same states, policies and counters", async () => {
    const dump = [
      xfrmState({ spi: SPI, packets: 3, replay: 1, failed: 2 }),
      xfrmPolicy({ src: "10.1.0.0/24", dst: "10.2.0.0/24", direction: "out", reqid: 1, spi: SPI }),
      xfrmStat({ XfrmInTmplMismatch: 24 }),
    ].join("");
    const read = await readText(redact(dump).text);
    expect(read.states).toMatchObject([{ spi, reqid: 1, packets: 3, replay: 1, failed: 2, larval: false }]);
    expect(read.policies).toMatchObject([{ direction: "out", template: { reqid: 1, spi } }]);
    expect(read.counters[0]?.values.get("XfrmInTmplMismatch")).toBe(24);
  });

  it("goes without secrets, and counts them", () => {
    const { text, redactor } = redact(
      `${xfrmState({ spi: SPI })}\n@a @b : PSK "topsecret"\n05[IKE]    0: 74 6F 70 73  tops`,
    );
    expect(text).not.toMatch(new RegExp(`${KEY.auth}|${KEY.enc}|topsecret|74 6F`));
    expect(redactor.count.secrets).toBe(4);
  });

  it("goes without a line that nothing knows", () => {
    const { text, redactor } = redact(
      "the customer is ACME of Springfield\n05[CFG] something new about ACME\nACME 05[IKE] x",
    );
    expect(text).toBe("");
    expect(redactor.count).toEqual({ kept: 0, secrets: 0, unknown: 3 });
  });

  it("hides names of hosts, connections and identities", () => {
    const lines = [
      `Nov 28 20:13:40 acme-gw charon: 05[IKE] <acme|1> initiating IKE_SA acme[1] to ${BOB}`,
      `Nov 28 20:13:40 05[IKE] <acme|1> IKE_SA acme[1] established between ${ALICE}[vpn.acme.example]...${BOB}[C=US, O=ACME]`,
      `Nov 28 20:17:17.111327: "acme/1x1" #2: Peer ID is ID_FQDN: '@acme.example'`,
    ].join("\n");
    const { text, redactor } = redact(lines);
    expect(redactor.count.kept).toBe(3);
    expect(text.toLowerCase()).not.toContain("acme");
    expect(text).toContain("/1x1");
  });

  it("never passes a word on that only its writer knows, wherever it stands", () => {
    const lines = [
      `05[NET] <acmeword|1> sending packet: from ${ALICE}[500] to ${BOB}[500] (464 bytes)`,
      "05[CFG] selected peer config 'acmeword'",
      "05[KNL] received netlink error: acmeword (17)",
      'Nov 28 20:17:17.1: "acmeword" #2: responding to Main Mode',
      "\tsel src 10.1.0.1/32 dst 10.2.0.1/32 proto icmp dev acmeword",
      "acmeword: #1, ESTABLISHED, IKEv2, 14a17ff0e473d006_i* 7c3f6b976febc49d_r",
    ];
    const places = fc.tuple(fc.constantFrom(...lines), fc.nat(100));
    fc.assert(
      fc.property(places, ([line, at]) => {
        const changed = `${line.slice(0, at)}acmeword${line.slice(at)}`;
        for (const text of [line, changed]) expect(redact(text).text).not.toContain("acmeword");
      }),
      { numRuns: 500 },
    );
  });
});
