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
    .flatMap((line, index) => redactor.line({ text: line, number: index + 1, isCut: false, isLast: false }));
  return { text: [...lines, ...redactor.end()].join("\n"), redactor };
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

  it("has what `swanctl --list-sas --raw` says that is read, and not a word that nothing knows", async () => {
    const { text, redactor } = redact(
      `list-sa event {acme {uniqueid=1 version=2 state=ESTABLISHED local-host=${ALICE} local-port=4500 ` +
        `local-id=C=US, O=ACME, CN=gw remote-host=${BOB} remote-port=4500 remote-id=acme.example ` +
        "initiator-spi=d41c05b406d06c90 responder-spi=1bdd14538f38d1ef encr-alg=AES_CBC custom-key=acme " +
        "child-sas {acme-7 {name=acme uniqueid=7 reqid=1 state=INSTALLED mode=TUNNEL protocol=ESP " +
        `spi-in=${hex8(SPI)} spi-out=00001000 label=acme local-ts=[10.1.0.0/24[tcp/80] dynamic] ` +
        "remote-ts=[10.2.0.0/24]}}}}\nlist-sas reply {}",
    );
    expect(redactor.count).toEqual({ kept: 2, secrets: 0, unknown: 0 });
    expect(text.toLowerCase()).not.toMatch(/acme|o=|192\.0\.2|10\.1\.0/);
    const read = await readText(text);
    expect(read.ikeSas).toMatchObject([{ state: "ESTABLISHED", local: { address: alice } }]);
    expect(read.children).toMatchObject([{ state: "INSTALLED", reqid: 1, spiIn: spi }]);
    expect(read.children[0]?.localSelectors).toHaveLength(2);
  });

  it("goes without a line of `swanctl --list-sas --raw` that is cut or has other braces", () => {
    const { text } = redact(
      `list-sa event {net {local-host=${ALICE}\nlist-sa event {net {{ {}}}\nlist-sas reply {}}`,
    );
    expect(text).toBe("");
  });

  it("has the entries of `journalctl -o verbose`, whatever the order of their fields, and no other field", async () => {
    const entry = (message: string): string[] => [
      "Sat 2026-11-28 20:13:40.500000 UTC [s=499dd40bb7554a2aa3cc910a2257943d;i=1;b=f00dcafef00dcafef00dcafef00dcafe;m=d0c88a7e08;t=6615bd001b120;x=aa3984d620a1e59e]",
      "    _BOOT_ID=f00dcafef00dcafef00dcafef00dcafe",
      "    SYSLOG_IDENTIFIER=charon-systemd",
      `    MESSAGE=${message}`,
      "    _HOSTNAME=acme-gw",
      "    _CMDLINE=/usr/sbin/charon-systemd --acme",
      "    GROUP=NET",
      "    THREAD=5",
      "    IKE_SA_NAME=acme",
      "    IKE_SA_UNIQUE_ID=1",
    ];
    const sent = `sending packet: from ${ALICE}[500] to ${BOB}[500] (464 bytes)`;
    const written = [
      ...entry(sent),
      ...entry("something new about ACME"),
      ...entry("secret => 9 bytes @ 0x7f"),
    ];
    const { text, redactor } = redact(written.join("\n"));
    expect(text.toLowerCase()).not.toMatch(/acme|f00d|499d|topsecret/);
    expect(redactor.count).toEqual({ kept: 8, secrets: 10, unknown: 12 });
    const [before, after] = [await readText(entry(sent).join("\n")), await readText(text)];
    expect(after.events).toHaveLength(1);
    expect(after.events[0]?.stamp).toEqual(before.events[0]?.stamp);
    expect(after.events[0]).toMatchObject({ kind: "sent", ikeId: 1, message: { from: { address: alice } } });
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
      `list-sa event {acmeword {state=CONNECTING local-host=${ALICE} tasks-active=[IKE_INIT] child-sas {}}}`,
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
