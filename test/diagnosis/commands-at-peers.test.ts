import { describe, expect, it } from "vitest";
import { commandsAtPeers, type KnownPeers } from "../../src/diagnosis/commands/at-peers.js";
import { RULES } from "../../src/diagnosis/rules/index.js";
import type { Implementation } from "../../src/session/implementation.js";

const ADDRESSES = ["192.0.2.10", "198.51.100.20"] as const;

/** Two peers, of which a Vendor ID tells what is given. */
function peers(left: string | null, right: string | null): KnownPeers {
  const known = (name: string | null): Implementation | null =>
    name === null ? null : { name, by: "vendor-id", confidence: "likely" };
  return { addresses: ADDRESSES, implementations: [known(left), known(right)] };
}

describe("the commands of a finding", () => {
  it("are those of the side that refuses, where the finding is about what it refuses", () => {
    const commands = commandsAtPeers(
      RULES["ike-no-proposal-chosen"],
      peers("Libreswan", "Fortinet FortiGate"),
    );
    expect(commands.map(({ peer, product }) => [peer, product])).toEqual([["198.51.100.20", "FortiGate"]]);
    expect(commands[0]?.lines).toContain("diagnose debug application ike -1");
  });

  it("are those of the first peer where the second one began what was refused", () => {
    const [alice, bob] = ADDRESSES;
    const at = (asker: string) =>
      commandsAtPeers(RULES["authentication-failed"], {
        ...peers("strongSwan", "Fortinet FortiGate"),
        asker,
      }).map(({ peer }) => peer);
    expect(at(alice)).toEqual([bob]);
    expect(at(bob)).toEqual([alice]);
  });

  it("are none where only the other side's product is known: nobody is sent to the wrong gateway", () => {
    expect(commandsAtPeers(RULES["ike-no-proposal-chosen"], peers("strongSwan", null))).toEqual([]);
  });

  it("are those of both sides where it is open who must act, three at most", () => {
    const commands = commandsAtPeers(RULES["dpd-timeout"], peers("strongSwan", "Fortinet FortiGate"));
    expect(commands.map(({ product }) => product)).toEqual(["strongSwan", "FortiGate"]);
    expect(commands.flatMap(({ lines }) => lines).length).toBeLessThanOrEqual(3);
  });

  it("name every product that the recognised one may be", () => {
    const commands = commandsAtPeers(RULES["authentication-failed"], peers(null, "Cisco"));
    expect(commands.map(({ product }) => product)).toEqual(["Cisco IOS", "Cisco ASA"]);
  });

  it("are none where several implementations have the same schedule, and one of them is a product", () => {
    expect(
      commandsAtPeers(RULES["authentication-failed"], peers(null, "Cisco, racoon or WatchGuard")),
    ).toEqual([]);
  });

  it("have the peer's address in the place of PEER, and their own in that of ADDRESS", () => {
    const [linux] = commandsAtPeers(RULES["path-lost"], peers("strongSwan", null));
    expect(linux?.lines).toContain("ip route get 198.51.100.20");
  });

  it("hold no bare setting of a file: it tells nothing until it is known to be wrong", () => {
    for (const rule of Object.values(RULES)) {
      for (const { lines } of commandsAtPeers(rule, peers("strongSwan", "Libreswan"))) {
        for (const line of lines) expect(line).not.toMatch(/^[\w.-]+ ?= ?\S/);
      }
    }
  });
});
