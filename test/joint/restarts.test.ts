import { describe, expect, it } from "vitest";
import { charonLogOf, hostOf } from "../support/host/beside.js";
import { STORY_BEGINS } from "../support/scenario/scenario.js";
import {
  accusations,
  codes,
  finding,
  informational,
  informationalAnswer,
  ikeSaInit,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const ALICE = "192.0.2.10";
const BOB = "198.51.100.20";
const CHECKS = [30, 34, 41.2, 54.2];
const START = "00[DMN] Starting IKE charon daemon (strongSwan 5.9.8, Linux 6.1, x86_64)";

type Line = readonly [number, string];
const COVER: Line[] = [
  [-5, START],
  [110, "05[NET] waiting for data on sockets"],
];

interface Story {
  readonly near?: "initiator" | "responder";
  /** A new IKE SA after the requests that have no answer. */
  readonly comesBack?: boolean;
  readonly checks?: readonly number[];
}

/** Bob's daemon answers nothing from 20 s on. */
function story({ near = "responder", comesBack = true, checks = CHECKS }: Story = {}): Scenario {
  const talk = scenario({ near });
  setsUp(talk);
  traffic(talk, 1, 20);
  if (checks.length > 0) talk.at(...checks).initiator.sends(informational({ id: 2 }));
  if (comesBack) {
    const sa = talk.newSa();
    setsUp(talk, { from: 80, sa });
    talk.at(90).initiator.sends(informational({ id: 2, sa }));
    talk.at(90.05).responder.sends(informationalAnswer({ id: 2, sa }));
  }
  return talk.endsAt(120);
}

/** Charon at level 1 has no line about a message of an IKE SA that it does not know. */
const ofOldSa = ({ ikeSa, messageId, time }: { ikeSa: string; messageId: number; time: number }): boolean =>
  messageId === 2 && time < STORY_BEGINS + 70e6 && ikeSa !== "";

async function judged(talk: Scenario, also: readonly Line[], own = BOB) {
  const log = charonLogOf(talk, own, { also: [...COVER, ...also], lacks: ofOldSa });
  return talk.judgeBeside(await hostOf(log));
}

describe("a daemon that was started again within the capture", () => {
  it.each(["responder", "initiator"] as const)(
    "is the cause of requests without an answer, by its log: captured near the %s",
    async (near) => {
      const judgement = await judged(story({ near }), [[22, START]]);
      const found = finding(judgement, "peer-restarted");
      expect(found).toMatchObject({ severity: "warning", mended: true, confidence: "certain", rivals: [] });
      expect(found.lines.map(({ text }) => text)).toEqual([START.slice(8)]);
      expect(found.evidence).toHaveLength(4);
      expect(codes(judgement)).not.toContain("host-drops-inbound");
      expect(codes(judgement)).not.toContain("dpd-timeout");
      expect(judgement.status).toBe("degraded");
    },
  );

  it("is a failure where the tunnel does not come up again", async () => {
    const judgement = await judged(story({ comesBack: false }), [[22, START]]);
    expect(finding(judgement, "peer-restarted")).toMatchObject({ severity: "critical", mended: false });
    expect(judgement.status).toBe("failing");
  });

  it("is no cause where it was started before the IKE SA was set up: then the host drops them", async () => {
    const found = codes(await judged(story({ comesBack: false }), []));
    expect(found).toContain("host-drops-inbound");
    expect(found).not.toContain("peer-restarted");
  });

  it("is no cause where the process before wrote lines while it was asked in vain", async () => {
    const found = codes(
      await judged(story(), [
        [40, "05[CFG] added vici connection: site"],
        [50, START],
      ]),
    );
    expect(found).not.toContain("peer-restarted");
  });

  it("is no cause where the log of the new process has the IKE SA", async () => {
    const talk = story({ comesBack: false });
    const late = charonLogOf(talk, BOB, { also: [[0.001, START], ...COVER], lacks: ofOldSa });
    const found = codes(talk.judgeBeside(await hostOf(late)));
    expect(found).toContain("host-drops-inbound");
  });

  it("is the cause where only ESP shows it: what is sent goes to an SPI of the process before", async () => {
    const talk = story({ comesBack: false, checks: [] });
    traffic(talk, 21, 40, "initiator");
    const judgement = await judged(talk, [[20.5, START]]);
    expect(finding(judgement, "peer-restarted")).toMatchObject({ severity: "critical", phase: "ESP" });
    expect(codes(judgement)).not.toContain("esp-one-way");
  });

  it("is told of pluto, too", async () => {
    const stamp = (seconds: number): string => {
      const iso = new Date(Math.floor(STORY_BEGINS / 1000 + seconds * 1000)).toISOString();
      return `Nov ${iso.slice(8, 10)} ${iso.slice(11, 23)}000`;
    };
    const lines = [
      `${stamp(-4)}: adding UDP interface eth0 ${BOB}:500`,
      `${stamp(-3)}: "net"[1] ${ALICE} #1: responding to IKE_SA_INIT (34) message from unknown peer ${ALICE}:500`,
      `${stamp(22)}: Starting Pluto (Libreswan Version 4.10 IKEv2 IKEv1) pid:4242`,
    ];
    const judgement = story().judgeBeside(await hostOf(`${lines.join("\n")}\n`));
    expect(finding(judgement, "peer-restarted").lines[0]?.text).toContain("Starting Pluto");
  });
});

describe("absence in the log of a daemon that may not know the IKE SA", () => {
  /** Captured without the setup; the log is an excerpt of a process that runs for long. */
  const excerpt = (): Scenario => {
    const talk = scenario({ near: "responder" });
    talk.at(...CHECKS).initiator.sends(informational({ id: 2 }));
    const other = talk.newSa();
    setsUp(talk, { from: 80, sa: other });
    return talk.endsAt(120);
  };

  it("accuses no firewall where the log names no message of that IKE SA", async () => {
    const talk = excerpt();
    const also: Line[] = [[-5, "05[NET] waiting for data on sockets"], COVER[1] ?? [110, ""]];
    const log = charonLogOf(talk, BOB, { also, lacks: ofOldSa });
    expect(codes(talk.judgeBeside(await hostOf(log)))).not.toContain("host-drops-inbound");
  });

  it("accuses one of the messages that open an IKE SA", async () => {
    const talk = scenario({ near: "responder" });
    setsUp(talk);
    const sa = talk.newSa();
    talk.at(30, 32, 36).initiator.sends(ikeSaInit({ sa }));
    talk.endsAt(120);
    const log = charonLogOf(talk, BOB, {
      also: COVER,
      lacks: ({ time }) => time > STORY_BEGINS + 20e6,
    });
    expect(codes(talk.judgeBeside(await hostOf(log)))).toContain("host-drops-inbound");
  });

  it("accuses nobody of a daemon that was stopped", async () => {
    const judgement = await judged(story({ comesBack: false }), [
      [25, "00[DMN] SIGTERM received, shutting down"],
    ]);
    expect(accusations(judgement)).not.toContain("host-drops-inbound");
  });
});
