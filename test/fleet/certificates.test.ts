import { describe, expect, it } from "vitest";
import type { GatewayEvent } from "../../src/fleet/event/read.js";
import { Fleet } from "../../src/fleet/fleet.js";
import type { AccountedCertificate, TunnelAccount } from "../../src/live/account/account.js";
import { inEnglish } from "../../src/texts/texts.js";
import { CaptureReader } from "../../src/capture/reader.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { readAll } from "../support/capture/read-all.js";
import { smallCertificate } from "../support/ike/der.js";
import { captureFile } from "../support/scenario/capture-file.js";
import { aggressiveMode, quickModeUp, scenario, traffic } from "../support/scenario/index.js";
import { eventsOf, publishedLines } from "../support/fleet/publish.js";
import { publishedFaultsOf } from "../support/schema.js";
import { account, at, FakeGateway } from "../support/fleet/accounts.js";

const DAYS = 86_400;
const certificate = (days: number, of: Partial<AccountedCertificate> = {}): AccountedCertificate => ({
  from: 1,
  notAfter: at(days * DAYS),
  isAuthority: false,
  fingerprint: "00112233445566aa",
  ...of,
});

function toldOf(events: readonly GatewayEvent[]): string[] {
  const fleet = new Fleet();
  for (const event of events) fleet.take(event, null);
  return fleet
    .judge(null)
    .findings.filter(({ code }) => code === "fleet-certificates-expiring")
    .map(({ headline, evidence }) =>
      [headline, ...evidence.map(({ text }) => text)].map(inEnglish).join("\n"),
    );
}

/** One account of each of these gateways, `at` seconds behind the start. */
function accounts(
  ends: readonly (readonly [
    name: string,
    certificates: readonly AccountedCertificate[],
    of?: Partial<TunnelAccount>,
  ])[],
  seconds = 0,
): GatewayEvent[] {
  return ends.map(([name, certificates, of = {}]) =>
    new FakeGateway(name).accounts(seconds, account({ certificates, ...of })),
  );
}

describe("certificates that run out", () => {
  it("are told from thirty days before on, by the clock of the gateway, and afterwards", () => {
    const told = (days: number): string | undefined =>
      toldOf(accounts([["branch", [certificate(days)]]]))[0]?.split("\n")[0];
    expect([30.9, 5, 1, 0.5, -0.5, -3].map(told)).toEqual([
      "the certificate of 198.51.100.20 runs out in 30 days",
      "the certificate of 198.51.100.20 runs out in 5 days",
      "the certificate of 198.51.100.20 runs out in 1 day",
      "the certificate of 198.51.100.20 runs out within a day",
      "the certificate of 198.51.100.20 ran out within the last day",
      "the certificate of 198.51.100.20 ran out 3 days ago",
    ]);
    // Eight days later the same certificate has less time.
    expect(toldOf(accounts([["branch", [certificate(35)]]], 8 * DAYS))[0]).toContain("runs out in 27 days");
  });

  it("are told once, with the tunnels that rest on each, whichever ends see them", () => {
    const spis = (first: number) => ({ spiPairs: [{ fromFirst: first, fromSecond: first + 1 }] });
    const hub = certificate(10, { fingerprint: "aaaaaaaaaaaaaaaa" });
    const root = certificate(20, { fingerprint: "bbbbbbbbbbbbbbbb", isAuthority: true });
    expect(
      toldOf(
        accounts([
          ["one", [hub], { self: 0, ...spis(1) }],
          ["hq", [hub], { self: 1, ...spis(1) }],
          ["two", [hub, root], { self: 0, ...spis(11) }],
        ]),
      ),
    ).toEqual([
      [
        "2 certificates run out within 30 days or have run out, first: the certificate of 198.51.100.20 runs out in 10 days",
        "the certificate of 198.51.100.20, SHA-256 aaaaaaaaaaaaaaaa..., is valid until 2026-11-28T11:06:40Z; tunnels: 2",
        "a CA certificate that 198.51.100.20 shows, SHA-256 bbbbbbbbbbbbbbbb..., is valid until 2026-12-08T11:06:40Z; tunnels: 1",
      ].join("\n"),
    ]);
  });

  it.each<[string, GatewayEvent[]]>([
    ["more than thirty days are left", accounts([["branch", [certificate(31)]]])],
    ["none was seen", accounts([["branch", []]])],
    [
      "the other end has seen its successor",
      accounts([
        ["branch", [certificate(5)], { self: 0 }],
        ["hq", [certificate(300, { fingerprint: "ffffffffffffffff" })], { self: 1 }],
      ]),
    ],
    [
      "a later account has its successor",
      (() => {
        const gateway = new FakeGateway("branch");
        return [
          gateway.accounts(0, account({ certificates: [certificate(5)] })),
          gateway.accounts(60, account({ certificates: [certificate(300)] })),
        ];
      })(),
    ],
    ["nobody set the clock of the gateway", accounts([["branch", [certificate(-9000)]]], -20_000 * DAYS)],
  ])("are not told where %s", (_, events) => {
    expect(toldOf(events)).toEqual([]);
  });

  it("are published by a gateway that sees them, without a name or a byte of theirs", async () => {
    const talk = scenario();
    talk.at(0).initiator.sends(aggressiveMode(1));
    // Stories begin on 14 November 2023.
    const soon = { subject: "gw.secret.example", notBefore: "220101000000Z", notAfter: "231201000000Z" };
    const root = {
      subject: "Secret CA",
      notBefore: "220101000000Z",
      notAfter: "330101000000Z",
      isAuthority: true,
    };
    const certificates = [soon, root].map(smallCertificate);
    talk.at(0.1).responder.sends(aggressiveMode(2, { certificates }));
    talk.at(0.2).initiator.sends(aggressiveMode(3));
    quickModeUp(talk, { from: 0.5 });
    traffic(talk, 1, 10);
    const { records } = await readAll(new CaptureReader(new MemoryBytes(captureFile(talk))));
    const lines = publishedLines(records, { gateway: "branch" });
    expect(toldOf(eventsOf(lines))[0]).toContain("the certificate of 198.51.100.20 runs out in 16 days");
    expect(lines.join("")).not.toMatch(/secret/i);
    expect(lines.flatMap(publishedFaultsOf)).toEqual([]);
  });
});
