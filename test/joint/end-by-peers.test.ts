import { describe, expect, it } from "vitest";
import { joinHosts } from "../../src/joint/joined.js";
import { hostOf } from "../support/host/beside.js";
import {
  authRefusal,
  finding,
  ikeAuth,
  initNotify,
  ikeSaInit,
  opens,
  type Scenario,
  scenario,
} from "../support/scenario/index.js";

const ALICE = "192.0.2.10";
const BOB = "198.51.100.20";
/** Time 0.11 of a story. */
const AT = "2023-11-14T22:13:20.110000+00:00 gw pluto[99]:";
const UNKNOWN_KEY = `"net"[1] ${ALICE} #1: Failed to find our PreShared Key`;

/** IKE_AUTH that is refused with one notify. */
function refused(): Scenario {
  const talk = scenario();
  opens(talk);
  talk.at(0.1).initiator.sends(ikeAuth());
  talk.at(0.15).responder.sends(authRefusal());
  return talk.endsAt(20);
}

/** The addresses that the host of a log has beside that story. */
async function ownOf(log: string, talk = refused()): Promise<readonly string[]> {
  const [host] = joinHosts([await hostOf(log)], talk.kept().tunnels);
  return [...(host?.records.addresses ?? [])];
}

describe("a few lines of pluto that name no address of the host", () => {
  it("are those of the other end of the tunnel with the peer that they name", async () => {
    expect(await ownOf(`${AT} ${UNKNOWN_KEY}\n`)).toEqual([BOB]);
    expect(
      await ownOf(
        `${AT} "net"[1] ${BOB} #1: IKE SA authentication request rejected by peer: AUTHENTICATION_FAILED\n`,
      ),
    ).toEqual([ALICE]);
  });

  it("are of the address where a first message came in", async () => {
    const log = `${AT} packet from ${ALICE}:500: initial parent SA message received on ${BOB}:500 but no suitable connection found with IKEv2 policy\n`;
    const talk = scenario();
    talk.at(0.1).initiator.sends(ikeSaInit());
    talk.at(0.15).responder.sends(initNotify(14));
    const judgement = talk.endsAt(20).judgeBeside(await hostOf(log));
    const found = finding(judgement, "peer-config-missing");
    expect(found).toMatchObject({ confidence: "certain" });
    expect(found.lines.map(({ source }) => source.line)).toEqual([1]);
  });

  it("are of nobody where they name no peer, one that is not in the capture, or both ends", async () => {
    expect(
      await ownOf(`${AT} "net" #1: received and ignored notification payload: NO_PROPOSAL_CHOSEN\n`),
    ).toEqual([]);
    expect(await ownOf(`${AT} ${UNKNOWN_KEY.replace(ALICE, "203.0.113.9")}\n`)).toEqual([]);
    expect(await ownOf(`${AT} ${UNKNOWN_KEY}\n${AT} ${UNKNOWN_KEY.replace(ALICE, BOB)}\n`)).toEqual([]);
  });

  it("are of nobody where two gateways have tunnels with that peer", async () => {
    const talk = refused();
    const other = talk.host("198.51.100.30");
    const sa = talk.newSa();
    talk.between(talk.initiator, other, 1, 3, 7).sends(ikeSaInit({ sa }));
    expect(await ownOf(`${AT} ${UNKNOWN_KEY}\n`, talk)).toEqual([]);
  });
});

it("a log that nothing places says how it is placed", async () => {
  const log = `${AT} "net" #1: IKE SA authentication request rejected by peer: AUTHENTICATION_FAILED\n`;
  const judgement = refused().judgeBeside(await hostOf(log));
  const { summary } = finding(judgement, "evidence-clock-unknown");
  expect(JSON.stringify(summary)).toContain("--with ADDRESS=FILE");
});
