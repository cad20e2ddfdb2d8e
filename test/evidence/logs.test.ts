import { describe, expect, it } from "vitest";
import { NEAR, readText } from "../support/host/read-text.js";
import { ALICE, BOB, charonLine } from "../support/host/texts.js";

const SENT = `sending packet: from ${ALICE}[500] to ${BOB}[500] (464 bytes)`;
const TIME = Date.UTC(2026, 10, 28, 20, 13, 40) * 1000;
const SECOND = 1e6;

describe("a log of charon", () => {
  it.each([
    ["a file log without times", `05[NET] <site|1> ${SENT}`, null],
    ["a file log with syslog times", `Nov 28 20:13:40 05[NET] <site|1> ${SENT}`, TIME],
    ["a file log with milliseconds", `2026-11-28T20:13:40.250 05[NET] <site|1> ${SENT}`, TIME + SECOND / 4],
    ["a file log that tells levels", `2026-11-28 20:13:40 05[NET1] <site|1> ${SENT}`, TIME],
    ["traditional syslog", `Nov 28 20:13:40 gw charon: 05[NET] <site|1> ${SENT}`, TIME],
    [
      "syslog of RFC 5424 times",
      `2026-11-28T21:13:40.5+01:00 gw charon[7]: 05[NET] <1> ${SENT}`,
      TIME + SECOND / 2,
    ],
    ["RFC 5424", `<30>1 2026-11-28T20:13:40Z gw charon 7 - - 05[NET] <site|1> ${SENT}`, TIME],
    [
      "RFC 5424 with structured data",
      `<30>1 2026-11-28T21:13:40.5+01:00 gw charon 7 ID1 [meta a="x\\]y"][b c="1"] 05[NET] <1> ${SENT}`,
      TIME + SECOND / 2,
    ],
    ["RFC 3164 from the network", `<30>Nov 28 20:13:40 gw charon: 05[NET] <site|1> ${SENT}`, TIME],
    ["syslog with its facility", `Nov 28 20:13:40 gw daemon.info charon: 05[NET] <site|1> ${SENT}`, TIME],
    ["logread of OpenWrt", `Sat Nov 28 20:13:40 2026 daemon.info charon: 05[NET] <site|1> ${SENT}`, TIME],
    ["syslog with the year first", `2026 Nov 28 20:13:40 gw charon: 05[NET] <site|1> ${SENT}`, TIME],
    ["journalctl", `Nov 28 20:13:40 gw charon-systemd[4711]: ${SENT}`, TIME],
    ["journalctl in a Chinese locale", `11\u6708 28 20:13:40 gw charon-systemd[4711]: ${SENT}`, TIME],
    [
      "journalctl in a Chinese locale, a month of one digit",
      ` 3\u6708 08 20:13:40 gw charon[4711]: 05[NET] ${SENT}`,
      Date.UTC(2027, 2, 8, 20, 13, 40) * 1000,
    ],
    ["journalctl -o short-unix", `${TIME / SECOND}.000000 gw charon-systemd[4711]: ${SENT}`, TIME],
    ["journalctl -o short-full", `Sat 2026-11-28 20:13:40 UTC gw charon-systemd[4711]: ${SENT}`, TIME],
    ["journalctl -o cat", SENT, null],
    [
      "journalctl -o json",
      JSON.stringify({
        __REALTIME_TIMESTAMP: String(TIME),
        SYSLOG_IDENTIFIER: "charon-systemd",
        GROUP: "NET",
        THREAD: "5",
        MESSAGE: SENT,
      }),
      TIME,
    ],
    [
      "a file log of JSON",
      JSON.stringify({ time: "2026-11-28T20:13:40", thread: 5, group: "NET", level: 1, msg: SENT }),
      TIME,
    ],
    ["the output of swanctl --initiate", `[NET] ${SENT}`, null],
  ])("is read as %s", async (_, line, time) => {
    const { events, evidence } = await readText(`${line}\n`);
    expect(evidence.sections.map(({ kind }) => kind)).toEqual(["charon log"]);
    expect(events).toHaveLength(1);
    expect(events[0]?.kind).toBe("sent");
    expect(events[0]?.stamp?.time ?? null).toBe(time);
    expect(events[0]?.message).toMatchObject({ from: { address: ALICE, port: 500 }, length: 464, out: true });
  });

  it("is read as journalctl -o verbose, an entry by its fields", async () => {
    const cursor = `[s=${"0".repeat(32)};i=1;b=${"1".repeat(32)};m=1;t=${TIME.toString(16)};x=1]`;
    const text = `Sat 2026-11-28 20:13:40.000000 UTC ${cursor}\n    SYSLOG_IDENTIFIER=charon-systemd\n    GROUP=NET\n    MESSAGE=${SENT}\n`;
    const { events } = await readText(text);
    expect(events.map(({ kind, stamp }) => [kind, stamp?.time])).toEqual([["sent", TIME]]);
  });

  it("names the exchange of a packet by the lines of the same thread beside it", async () => {
    const text = [
      charonLine(0, 5, "ENC", "generating IKE_AUTH request 1 [ IDi AUTH ]"),
      charonLine(0, 6, "ENC", "generating INFORMATIONAL request 7 [ ]"),
      charonLine(0, 5, "NET", SENT),
      charonLine(0.1, 5, "NET", `received packet: from ${BOB}[500] to ${ALICE}[500] (240 bytes)`),
      charonLine(0.1, 5, "ENC", "parsed IKE_AUTH response 1 [ IDr AUTH ]"),
    ].join("");
    const { events } = await readText(text);
    expect(events.map(({ message }) => [message?.exchange, message?.messageId, message?.response])).toEqual([
      ["IKE_AUTH", 1, false],
      ["IKE_AUTH", 1, true],
    ]);
  });

  it("gives the SPIs, the name and the reqid of a Child SA", async () => {
    const up =
      "CHILD_SA n1{1} established with SPIs c86e2719_i ccc12aee_o and TS 10.1.0.0/24 === 10.2.0.0/24";
    const { events } = await readText(charonLine(0, 7, "IKE", up));
    expect(events[0]).toMatchObject({
      kind: "child-up",
      childName: "n1",
      spiIn: 0xc86e2719,
      spiOut: 0xccc12aee,
    });
  });

  it("takes the year that lies nearest where a stamp has none", async () => {
    const { events } = await readText(`Jan  2 00:00:00 05[NET] ${SENT}\n`);
    expect(events[0]?.stamp).toMatchObject({ time: Date.UTC(2027, 0, 2) * 1000, year: "guessed" });
    expect(NEAR).toBeLessThan(Date.UTC(2027, 0, 2) * 1000);
  });

  it("says what it covers: times, groups, whether it tells of packets, and that its clock went back", async () => {
    const text = [
      charonLine(0, 5, "IKE", `initiating IKE_SA site[1] to ${BOB}`),
      charonLine(-60, 5, "IKE", "peer supports MOBIKE"),
    ].join("");
    const coverage = (await readText(text)).evidence.sections[0]?.coverage;
    expect(coverage).toMatchObject({ hasPackets: false, stepsBack: 1 });
    expect([...(coverage?.groups ?? [])]).toEqual(["IKE"]);
  });
});

describe("a log of pluto", () => {
  it("gives packets, with the marker of NAT-T taken off where it was sent", async () => {
    const stamp = "Nov 28 20:20:29.915297: ";
    const text = [
      `${stamp}| sending 260 bytes for STATE_V2_PARENT_I1 through e0 from ${ALICE}:4500 to ${BOB}:4500 using UDP (for #1)`,
      `${stamp}| *received 224 bytes from ${BOB}:4500 on e0 ${ALICE}:4500 using UDP`,
    ].join("\n");
    const { events } = await readText(`${text}\n`);
    expect(events.map(({ message }) => [message?.out, message?.length])).toEqual([
      [true, 256],
      [false, 224],
    ]);
  });

  it.each([
    ["no acceptable Proposal in IPsec SA", "proposals"],
    ["we require PFS but Quick I1 SA specifies no GROUP_DESCRIPTION", "pfs-missing"],
    ["Quick Mode request rejected; connection has no remote client selector", "selectors"],
    ["our subnet returned doesn't match my proposal - us: 10.1.0.0/24 vs them: 10.1.0.0/16", "selectors"],
    ["no IKEv2 connection found with compatible Traffic Selectors", "selectors"],
    ["IKE_AUTH response rejected Child SA with FAILED_CP_REQUIRED", "told-failed-cp-required"],
    ["XAUTH: User joe: Authentication Failed: Incorrect Username or Password", "xauth-failed"],
    ["XAUTH: User joe: Authentication Failed (retry 1)", "told-xauth-failed"],
    ["Failed to find our PreShared Key", "psk-missing"],
    ["Requested PPK_ID not found and connection requires a valid PPK", "ppk-differs"],
    ["X509: certificate rejected for this connection", "certificate-not-trusted"],
    ["missing payload(s) (ISAKMP_NEXT_v2AUTH). Message dropped.", "method-not-allowed"],
    ["IKE SA authentication request rejected: AUTHENTICATION_FAILED", "told-authentication-failed"],
    [
      "ignoring informational payload NO_PROPOSAL_CHOSEN, msgid=00000000, length=32",
      "told-no-proposal-chosen",
    ],
    [
      "ignoring informational payload INVALID_ID_INFORMATION, msgid=0badcafe, length=12",
      "told-ts-unacceptable",
    ],
    [
      `initial Aggressive Mode packet claiming to be from @alice on ${BOB}:500 but no connection has been authorized`,
      "identity-unknown",
    ],
  ])("names the cause of a refusal: %s", async (sentence, cause) => {
    const { events } = await readText(`Nov 28 20:17:17.111327: "net" #1: ${sentence}\n`);
    expect(events.map((event) => event.cause)).toEqual([cause]);
  });

  it.each([
    [
      `packet from ${ALICE}:61160: initial parent SA message received on ${BOB}:500 but no suitable connection found with IKEv2 policy`,
      "peer-config-missing",
    ],
    [
      `packet from ${ALICE}:500: ISAKMP_v2_IKE_SA_INIT message received on ${BOB}:500 but no suitable connection found with IKEv2 policy`,
      "peer-config-missing",
    ],
    [
      `packet from ${ALICE}:500: responding to IKE_SA_INIT (34) message (Message ID 0) from ${ALICE}:500 with unencrypted notification NO_PROPOSAL_CHOSEN`,
      "notify-received",
    ],
    [
      `"net" #5: responding to AUTH message (ID 1) from ${ALICE}:500 with encrypted notification TS_UNACCEPTABLE`,
      "notify-received",
    ],
    [`"net" #5: sending unencrypted notification v2N_INVALID_SYNTAX to ${ALICE}:500`, "notify-received"],
    [
      `"net" #5: dropping unexpected ISAKMP_v2_IKE_AUTH message containing v2N_NO_PROPOSAL_CHOSEN notification; message payloads: SK`,
      "notify-received",
    ],
  ])("knows the wording of Libreswan 3: %s", async (sentence, kind) => {
    const { events } = await readText(`Nov 28 20:17:17.111327: ${sentence}\n`);
    expect(events.map((event) => event.kind)).toEqual([kind]);
  });

  it("gives the SPIs of a connection by name, out before in", async () => {
    const line = `Nov 28 20:17:17.111327: "net/1x1" #2: IPsec SA established tunnel mode {ESP=>0xfa766378 <0xd18aff1d xfrm=AES DPD=passive}`;
    const { events } = await readText(`${line}\n`);
    expect(events[0]).toMatchObject({
      kind: "child-up",
      childName: "net/1x1",
      spiIn: 0xd18aff1d,
      spiOut: 0xfa766378,
    });
  });

  it.each([
    ["its own file", "Nov 28 20:13:40.000000: "],
    ["journalctl", "Nov 28 20:13:40 gw pluto[844]: "],
    ["RFC 5424", "<86>1 2026-11-28T20:13:40Z gw pluto 844 - - "],
    ["RFC 3164 from the network", "<86>Nov 28 20:13:40 gw pluto[844]: "],
    ["logread of OpenWrt", "Sat Nov 28 20:13:40 2026 authpriv.warn pluto[844]: "],
  ])("names a connection in a part of it, as %s", async (_, prefix) => {
    const text = [
      `"net" #1: initiating IKEv2 connection`,
      `"net" #1: sent IKE_SA_INIT request to ${BOB}:UDP/500`,
      `"net" #2: initiator established Child SA using #1; IPsec tunnel [10.1.0.0/24===10.2.0.0/24] {ESP/ESN=>0x2abd29ac <0xe83dffce xfrm=AES_GCM_16_256}`,
    ];
    const { events, evidence } = await readText(text.map((line) => `${prefix}${line}\n`).join(""));
    expect(evidence.sections.map(({ kind }) => kind)).toEqual(["pluto log"]);
    expect(events.map(({ kind, stamp }) => [kind, stamp?.time])).toEqual([
      ["initiate", TIME],
      ["config", TIME],
      ["child-up", TIME],
    ]);
    expect(events[1]?.addresses).toEqual([BOB]);
    expect(events[2]).toMatchObject({ childName: "net", spiIn: 0xe83dffce, spiOut: 0x2abd29ac });
  });

  it("is told from the output of whack, which has the same words", async () => {
    const { evidence } = await readText(`181 "net" #1: initiating IKEv2 connection\n`);
    expect(evidence.sections.map(({ kind, records }) => [kind, records])).toEqual([["whack output", 1]]);
  });
});
