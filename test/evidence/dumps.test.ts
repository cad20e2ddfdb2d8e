import { describe, expect, it } from "vitest";
import { readText } from "../support/host/read-text.js";
import { ALICE, BOB, MONITOR_STAMP, xfrmPolicy, xfrmStat, xfrmState } from "../support/host/texts.js";

const NETS = { src: "10.1.0.0/24", dst: "10.2.0.0/24" } as const;

describe("ip xfrm state", () => {
  it("gives the counters of -s", async () => {
    const { states } = await readText(xfrmState({ spi: 0xc86e2719, packets: 3, replay: 8, failed: 2 }));
    expect(states).toMatchObject([
      { src: BOB, dst: ALICE, spi: 0xc86e2719, reqid: 1, packets: 3, replay: 8, failed: 2, larval: false },
    ]);
  });

  it.each([
    ["without tabs", (text: string) => text.replaceAll("\t", "        ")],
    ["with Windows line ends", (text: string) => text.replaceAll("\n", "\r\n")],
    ["with keys hidden", (text: string) => text.replaceAll(/0x[0-9a-f]{32,}/g, "<<Keys hidden>>")],
    [
      "with hashes for keys",
      (text: string) => text.replaceAll(/0x[0-9a-f]{32,}/g, `[hash:${"0".repeat(32)}]`),
    ],
    ["with keys shortened", (text: string) => text.replaceAll(/(0x[0-9a-f]{8})[0-9a-f]{24,}/g, "$1...")],
  ])("is read %s", async (_, dress) => {
    const { states, evidence } = await readText(dress(xfrmState({ spi: 0x1234, packets: 5 })));
    expect(states).toMatchObject([{ spi: 0x1234, packets: 5, larval: false }]);
    expect(evidence.unknown.lines).toBe(0);
  });

  it("reads lines that newer kernels add", async () => {
    const extra = ["if_id 0x2a", "crypto offload parameters: dev eth0 dir in mode packet", "dir in"];
    const { states } = await readText(xfrmState({ spi: 1000, extra }));
    expect(states).toMatchObject([{ ifId: 42, offloaded: true }]);
  });

  it("tells a state that waits for the daemon", async () => {
    const { states } = await readText(xfrmState({ spi: 0, larval: true }));
    expect(states[0]?.larval).toBe(true);
  });

  it("begins another listing where an SPI comes again", async () => {
    const listing = xfrmState({ spi: 1000 }) + xfrmState({ spi: 2000 });
    const { evidence } = await readText(listing + listing);
    expect(evidence.sections.map(({ records }) => records)).toEqual([2, 2]);
  });
});

describe("ip xfrm policy", () => {
  it("gives the template, with an SPI where it names one", async () => {
    const text =
      xfrmPolicy({ ...NETS, direction: "out", reqid: 1, spi: 0xccc12aee }) +
      xfrmPolicy({ src: NETS.dst, dst: NETS.src, direction: "in", reqid: 1 });
    const { policies } = await readText(text);
    expect(policies.map(({ direction, template }) => [direction, template?.reqid, template?.spi])).toEqual([
      ["out", 1, 0xccc12aee],
      ["in", 1, 0],
    ]);
  });
});

describe("ip -ts xfrm monitor", () => {
  it("gives what was added, changed, deleted and asked for", async () => {
    const entry = xfrmState({ spi: 0xc667cb37 }).split("\tlifetime")[0] ?? "";
    const text = [
      `${MONITOR_STAMP}${entry}`,
      `${MONITOR_STAMP}Deleted ${entry}`,
      `${MONITOR_STAMP}acquire proto esp spi 0xc667cb37 \n  sel src 10.1.0.1/32 dst 10.2.0.1/32 \n  policy src 10.1.0.0/24 dst 10.2.0.0/24 \n    \tdir out priority 1 ptype main \n`,
      `${MONITOR_STAMP}Async event  (0x10)  replay update \n\tsrc ${ALICE} dst ${BOB}  reqid 0x1 protocol esp  SPI 0xc667cb37\n`,
    ].join("");
    const { events, evidence } = await readText(text);
    expect(events.map(({ kind }) => kind)).toEqual([
      "xfrm-added",
      "xfrm-deleted",
      "xfrm-acquire",
      "xfrm-other",
    ]);
    expect(evidence.unknown.lines).toBe(0);
  });
});

describe("/proc/net/xfrm_stat", () => {
  it("is one reading, or two where its counters come again; unknown counters stay", async () => {
    const { counters } = await readText(
      xfrmStat({ XfrmInTmplMismatch: 0 }) + xfrmStat({ XfrmInTmplMismatch: 24, XfrmInNewer: 1 }),
    );
    expect(counters.map(({ values }) => values.get("XfrmInTmplMismatch"))).toEqual([0, 24]);
    expect(counters[1]?.values.get("XfrmInNewer")).toBe(1);
  });
});

describe("what daemons say of themselves", () => {
  const CHILD = { name: "n1", reqid: 1, state: "INSTALLED", spiIn: 0xc86e2719, spiOut: 0xccc12aee };

  it("is read from swanctl --list-sas", async () => {
    const text = `site: #1, ESTABLISHED, IKEv2, 14a17ff0e473d006_i* 7c3f6b976febc49d_r
  local  'alice' @ ${ALICE}[4500]
  remote 'bob' @ ${BOB}[4500]
  AES_CBC-128/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048
  established 13s ago, rekeying in 14209s
  n1: #1, reqid 1, INSTALLED, TUNNEL, ESP:AES_CBC-128/HMAC_SHA2_256_128
    installed 14s ago, rekeying in 3263s, expires in 3947s
    in  c86e2719,    252 bytes,     3 packets,    13s ago
    out ccc12aee,   1260 bytes,    15 packets,     3s ago
    local  10.1.0.0/24
    remote 10.2.0.0/24
`;
    const { ikeSas, children, evidence } = await readText(text);
    expect(ikeSas).toMatchObject([
      { name: "site", initiatorSpi: "14a17ff0e473d006", local: { address: ALICE } },
    ]);
    expect(children).toMatchObject([
      { ...CHILD, localSelectors: ["10.1.0.0/24"], remoteSelectors: ["10.2.0.0/24"] },
    ]);
    expect(evidence.unknown.lines).toBe(0);
  });

  it("is read from the raw form of vici", async () => {
    const text = `list-sa event {site {uniqueid=1 state=ESTABLISHED local-host=${ALICE} local-port=500 initiator-spi=14a17ff0e473d006 responder-spi=7c3f6b976febc49d child-sas {n1-1 {name=n1 reqid=1 state=INSTALLED spi-in=c86e2719 spi-out=ccc12aee local-ts=[10.1.0.0/24] remote-ts=[10.2.0.0/24]}}}}
list-sas reply {}
`;
    expect((await readText(text)).children).toMatchObject([CHILD]);
  });

  it("is read from ipsec statusall", async () => {
    const text = `Security Associations (1 up, 0 connecting):
        site[1]: ESTABLISHED 15 seconds ago, ${ALICE}[alice]...${BOB}[bob]
        site[1]: IKEv2 SPIs: 14a17ff0e473d006_i* 7c3f6b976febc49d_r, rekeying in 3 hours
          n1{1}:  INSTALLED, TUNNEL, reqid 1, ESP SPIs: c86e2719_i ccc12aee_o
          n1{1}:   10.1.0.0/24 === 10.2.0.0/24
`;
    expect((await readText(text)).children).toMatchObject([CHILD]);
  });

  it("is read from swanctl --stats", async () => {
    const text =
      "uptime: 15 seconds, since Nov 28 20:25:59 2026\nworker threads: 16 total, 11 idle, working: 4/0/1/0\nIKE_SAs: 5 total, 5 half-open\n";
    expect((await readText(text)).stats).toMatchObject([{ workersTotal: 16, workersIdle: 11, halfOpen: 5 }]);
  });

  it("is read from pluto, whose SPIs have no leading zeros: the one at the peer is the one to send to", async () => {
    const text = `000 #3: "net/1x2" esp.48d69bc@${BOB} esp.e7e91b83@${ALICE} tun.0@${BOB} tun.0@${ALICE} Traffic: ESPin=1KB ESPout=252B ESPmax=2^63B \n`;
    expect((await readText(text)).children).toMatchObject([
      { name: "net/1x2", spiOut: 0x048d69bc, spiIn: 0xe7e91b83 },
    ]);
  });
});

describe("ipsec status of Libreswan", () => {
  it.each([
    ["4", "000 ", "STATE_V2_"],
    ["5", "", ""],
  ])("%s", async (_, prefix, state) => {
    const text = [
      `${prefix}IKE SAs: total(1), half-open(0), open(0), authenticated(1), anonymous(0)`,
      `${prefix}#6: "net":4500 ${state}ESTABLISHED_IKE_SA (established IKE SA); REKEY in 10219s; newest; idle;`,
      `${prefix}#5: "net":4500 ${state}ESTABLISHED_CHILD_SA (established Child SA); REKEY in 10284s; IKE SA #6; idle;`,
      `${prefix}#5: "net" esp.48d69bc@${BOB} esp.e7e91b83@${ALICE} Traffic: ESPin=1KB ESPout=252B ESPmax=2^63B`,
      `${prefix === "" ? "" : "006 "}#5: "net", type=ESP, add_time=1790976853, inBytes=34492, outBytes=5477144, maxBytes=2^63B, id='@bob'`,
    ];
    const { children, ikeSas, stats, evidence } = await readText(text.map((line) => `${line}\n`).join(""));
    expect(evidence.unknown.lines).toBe(0);
    expect(children).toMatchObject([{ name: "net", spiOut: 0x048d69bc, spiIn: 0xe7e91b83 }]);
    expect(ikeSas).toMatchObject([{ name: "net", state: `${state}ESTABLISHED_IKE_SA` }]);
    expect(stats).toMatchObject([{ ikeSas: 1, halfOpen: 0 }]);
  });
});

describe("a text of many parts", () => {
  it("is cut at prompts and rulers", async () => {
    const text = [
      "root@gw:~# ip -s xfrm state",
      xfrmState({ spi: 1000 }),
      "+ _________________________ ip-xfrm-policy",
      xfrmPolicy({ ...NETS, direction: "out", reqid: 1 }),
      "$ cat /proc/net/xfrm_stat",
      xfrmStat({}),
    ].join("\n");
    const { evidence } = await readText(text);
    expect(evidence.sections.map(({ kind, title }) => [kind, title])).toEqual([
      ["ip xfrm state", "ip -s xfrm state"],
      ["ip xfrm policy", "ip-xfrm-policy"],
      ["xfrm_stat", "cat /proc/net/xfrm_stat"],
    ]);
  });
});
