import { describe, expect, it } from "vitest";
import { scheduleOf } from "../../src/session/backoff.js";
import { type Implementation, implementationOf } from "../../src/session/implementation.js";
import { recorded } from "../score/labelled.js";
import { judgeLabelled } from "../score/score.js";
import { NOTIFY_V2 } from "../../src/ike/registries/notify-v2.js";
import { notify, vendorId } from "../support/ike/payloads-v2.js";
import { ikeSaInit, ikeSaInitAnswer, mainMode, type Scenario, scenario } from "../support/scenario/index.js";

/** Times in microseconds of tries with the given gaps in seconds. */
function tries(...gaps: number[]): number[] {
  const times = [1e15];
  for (const gap of gaps) times.push((times.at(-1) ?? 0) + gap * 1e6);
  return times;
}

describe("the schedule of retransmissions", () => {
  it.each([
    ["strongSwan as it is shipped", tries(4, 7.2, 12.96, 23.33, 41.99), 2, "strongSwan", "likely"],
    ["strongSwan with another base timeout", tries(0.8, 1.44, 2.592), 2, "strongSwan", "possible"],
    ["strongSwan's app for Android", tries(2, 2.8, 3.92), 2, "strongSwan for Android", "possible"],
    ["Libreswan in IKEv2, longer than Android tries", tries(0.5, 1, 2, 4, 8, 16), 2, "Libreswan", "possible"],
    ["Libreswan or Android", tries(0.5, 1, 2, 4, 8), 2, "Libreswan or Android", "possible"],
    ["doubling from 0.5 s in IKEv1", tries(0.5, 1, 2, 4), 1, "Libreswan, Solaris or StoneGate", "possible"],
    ["StoneGate, which stops doubling", tries(0.5, 1, 2, 4, 8, 16, 30, 30), 1, "StoneGate", "possible"],
    ["Android's former racoon", tries(3, 3, 3, 3, 3, 3), 1, "Android", "possible"],
    ["Windows in IKEv1", tries(1, 2, 4, 8), 1, "Microsoft Windows", "possible"],
    ["PAN-OS", tries(1, 2, 4, 8, 16, 32, 64, 64), 2, "Palo Alto PAN-OS", "possible"],
    ["FortiOS", tries(3, 6, 12), 2, "Fortinet FortiGate", "possible"],
    ["every 10 s", tries(10, 10, 10, 10), 1, "Cisco, racoon or WatchGuard", "possible"],
    ["racoon of old", tries(20, 20, 20, 20), 1, "racoon", "possible"],
    ["pluto of old", tries(10, 20, 40, 40, 40), 1, "Openswan, FreeS/WAN or strongSwan 4", "possible"],
    ["isakmpd", tries(7, 9, 11), 1, "OpenBSD isakmpd", "possible"],
    ["NetScreen", tries(4, 4, 4, 4, 4), 1, "Juniper", "possible"],
    ["Firewall-1", tries(2, 2, 2, 2, 2, 2, 4), 1, "Check Point", "possible"],
    ["AIX", tries(16, 32, 64), 1, "IBM AIX", "possible"],
  ] as const)("of %s", (_, times, version, name, confidence) => {
    expect(scheduleOf(times, version)).toEqual({ name, confidence });
  });

  it.each([
    ["doubling from a second on, as many do", tries(1, 2, 4, 8, 16, 32), 2],
    ["doubling from a second on, on to where PAN-OS stays", tries(1, 2, 4, 8, 16, 32, 64, 128), 2],
    ["doubling from two seconds on, as many do", tries(2, 4, 8, 16, 32), 2],
    ["a factor of 1.4 from another first gap", tries(1, 1.4, 1.96), 2],
    ["one retry more than strongSwan's app makes", tries(2, 2.8, 3.92, 5.49), 2],
    ["StoneGate's in IKEv2", tries(0.5, 1, 2, 4, 8, 16, 30, 30), 2],
    ["Windows with few tries", tries(1, 2, 4), 1],
    ["more tries than Windows makes", tries(1, 2, 4, 8, 16, 32, 64), 1],
    ["one retry more than FortiOS makes", tries(3, 6, 12, 24, 48), 2],
    ["FortiOS's in IKEv1", tries(3, 6, 12), 1],
    ["a fixed interval of 10 s in IKEv2", tries(10, 10, 10, 10), 2],
    ["a fixed interval with few tries", tries(10, 10, 10), 1],
    ["a fixed interval that nobody is known for", tries(6, 6, 6, 6, 6), 1],
    ["three seconds, as Firewall-1 4.0 begins too", tries(3, 3, 3, 3), 1],
    ["two seconds before Firewall-1 changes them", tries(2, 2, 2, 2, 2, 2), 1],
    ["doubling from 10 s that goes on doubling", tries(10, 20, 40, 80), 1],
    ["eight, ten, twelve", tries(8, 10, 12), 1],
    ["too few tries", tries(4, 7.2), 2],
    ["one try", tries(), 2],
    ["no time between the tries", tries(0, 0, 0, 0), 2],
  ] as const)("is nobody's: %s", (_, times, version) => {
    expect(scheduleOf(times, version)).toBeNull();
  });
});

/** What is known of the responder of the only tunnel. */
function responderIn(talk: Scenario): Implementation | null {
  const [tunnel] = talk.model().tunnels;
  const sa = tunnel?.ikeSas[0];
  if (tunnel === undefined || sa === undefined) throw new Error("no tunnel");
  return implementationOf(tunnel, sa.responder.address);
}

/** What is known of both peers where the initiator and the responder send these notifies, in this order. */
function byNotifies(
  request: readonly number[],
  response: readonly number[],
): (Implementation | null | undefined)[] {
  const talk = scenario();
  talk.at(0).initiator.sends(ikeSaInit({ natDetection: "none", notifies: request.map(bare) }));
  talk.at(0.1).responder.sends(ikeSaInitAnswer({ natDetection: "none", notifies: response.map(bare) }));
  const [tunnel] = talk.model().tunnels;
  return tunnel === undefined ? [] : tunnel.addresses.map((address) => implementationOf(tunnel, address));
}

/** A notify of which only the type matters, with data that may be a hash or a list of algorithms. */
const bare = (type: number) => notify(type, { data: new Uint8Array(20) });

const { NAT_DETECTION_SOURCE_IP: SOURCE, NAT_DETECTION_DESTINATION_IP: DESTINATION } = NOTIFY_V2;
const { IKEV2_FRAGMENTATION_SUPPORTED: FRAGMENTATION, SIGNATURE_HASH_ALGORITHMS: HASHES } = NOTIFY_V2;
const { REDIRECT_SUPPORTED: REDIRECT, CHILDLESS_IKEV2_SUPPORTED: CHILDLESS } = NOTIFY_V2;
const { MULTIPLE_AUTH_SUPPORTED: MULTIPLE, USE_PPK, COOKIE } = NOTIFY_V2;

describe("the order of notifies in IKE_SA_INIT", () => {
  it.each([
    ["strongSwan, begun by it", [SOURCE, DESTINATION, FRAGMENTATION, HASHES, REDIRECT], 0, "strongSwan"],
    ["strongSwan without fragmentation", [SOURCE, DESTINATION, HASHES, REDIRECT], 0, "strongSwan"],
    [
      "strongSwan with a PPK, behind a cookie",
      [COOKIE, SOURCE, DESTINATION, FRAGMENTATION, HASHES, REDIRECT, USE_PPK],
      0,
      "strongSwan",
    ],
    [
      "strongSwan's answer",
      [SOURCE, DESTINATION, FRAGMENTATION, HASHES, CHILDLESS, MULTIPLE],
      1,
      "strongSwan",
    ],
    [
      "strongSwan's answer to one that named no hashes",
      [SOURCE, DESTINATION, FRAGMENTATION, CHILDLESS, MULTIPLE],
      1,
      "strongSwan",
    ],
    ["Libreswan with a key", [FRAGMENTATION, SOURCE, DESTINATION], 0, "Libreswan"],
    ["Libreswan with signatures", [FRAGMENTATION, HASHES, SOURCE, DESTINATION], 0, "Libreswan"],
    ["Libreswan's answer", [FRAGMENTATION, SOURCE, DESTINATION, CHILDLESS], 1, "Libreswan"],
  ] as const)("of %s", (_, types, side, name) => {
    const known = side === 0 ? byNotifies(types, []) : byNotifies([], types);
    expect(known[side]).toEqual({ name, by: "notify-order", confidence: "possible" });
    expect(known[1 - side]).toBeNull();
  });

  it.each([
    ["REDIRECT_SUPPORTED first", [REDIRECT, SOURCE, DESTINATION, FRAGMENTATION]],
    ["no REDIRECT_SUPPORTED, as Android has it", [SOURCE, DESTINATION, FRAGMENTATION, HASHES]],
    ["the destination first", [DESTINATION, SOURCE, FRAGMENTATION, HASHES, REDIRECT]],
    ["hashes before fragmentation", [SOURCE, DESTINATION, HASHES, FRAGMENTATION, REDIRECT]],
    ["one notify more", [SOURCE, DESTINATION, FRAGMENTATION, HASHES, REDIRECT, 40_960]],
    ["one notify twice", [SOURCE, DESTINATION, FRAGMENTATION, HASHES, REDIRECT, REDIRECT]],
    ["NAT detection alone", [SOURCE, DESTINATION]],
    ["the answer's order in a request", [SOURCE, DESTINATION, FRAGMENTATION, HASHES, CHILDLESS, MULTIPLE]],
    ["none", []],
  ] as const)("is nobody's: %s", (_, types) => {
    expect(byNotifies(types, [])).toEqual([null, null]);
  });

  it("gives way to a Vendor ID: Windows has Libreswan's order", () => {
    const talk = scenario();
    const notifies = [FRAGMENTATION, SOURCE, DESTINATION].map(bare);
    talk
      .at(0)
      .initiator.sends(
        ikeSaInit({ natDetection: "none", notifies: [...notifies, vendorId(new Uint8Array(16))] }),
      );
    const [tunnel] = talk.model().tunnels;
    expect(tunnel && implementationOf(tunnel, tunnel.addresses[0])).toBeNull();
  });
});

describe("the implementation of a peer", () => {
  it("is told by what an IKEv1 responder repeats while the initiator is silent", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(mainMode(1));
    talk.at(0.1, 7.1, 16.1, 27.1).responder.sends(mainMode(2));
    expect(responderIn(talk)).toEqual({ name: "OpenBSD isakmpd", by: "back-off", confidence: "possible" });
  });

  it("is not told by answers to an initiator that repeats: the clock is the initiator's", () => {
    const talk = scenario();
    talk.at(0, 7, 16, 27).initiator.sends(mainMode(1));
    talk.at(0.1, 7.1, 16.1, 27.1).responder.sends(mainMode(2));
    expect(responderIn(talk)).toBeNull();
  });

  it("is told by the schedule where no Vendor ID names it", async () => {
    const labelled = recorded().find(({ truth }) => truth.file === "port500-blocked-initiator.pcap");
    if (labelled === undefined) throw new Error("the labelled capture is missing");
    const { tunnels } = await judgeLabelled(labelled);
    expect(tunnels[0]?.implementations[0]).toEqual({
      name: "strongSwan",
      by: "back-off",
      confidence: "possible",
    });
    expect(tunnels[0]?.implementations[1]).toBeNull();
  });
});
