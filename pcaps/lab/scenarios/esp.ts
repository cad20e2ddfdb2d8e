/** IKE works, but ESP passes in one direction only. */
import { peer } from "../config.js";
import { match } from "../nft.js";
import type { Scenario } from "../scenario.js";
import type { Stage } from "../stage.js";
import { failing, healthy } from "../truth.js";

const forced = ["nat-forced-encapsulation"];
const oneWay = failing("ESP", "esp-one-way", forced);
const alice = peer("alice", { connection: { dpd_delay: "3s" } });

async function alicePings(stage: Stage): Promise<void> {
  await stage.alice.initiate();
  await stage.ping("alice", 15, 1);
}

export const espScenarios: Scenario[] = [
  {
    name: "esp-one-way-in",
    description:
      "The router drops ESP from the responder, IKE passes; the initiator pings every second in vain",
    alice,
    bob: peer("bob"),
    rules: [["raw", `${match.fromBob} ${match.espOn4500} counter drop`]],
    steps: alicePings,
    truth: {
      initiator: oneWay,
      responder: healthy(forced, "ESP in both directions, for the loss is behind this place"),
    },
  },
  {
    name: "esp-one-way-out",
    description:
      "The router drops ESP from the initiator, IKE passes; the initiator pings every second in vain",
    alice,
    bob: peer("bob"),
    rules: [["raw", `${match.fromAlice} ${match.espOn4500} counter drop`]],
    steps: alicePings,
    truth: {
      initiator: oneWay,
      responder: healthy(forced, "IKE and its dead peer detection, and no ESP at all: idle to all looks"),
    },
  },
  {
    name: "esp-one-way-out-answered",
    description:
      "The router drops ESP from the initiator, IKE passes; the responder pings every second, and the answers are lost",
    alice: peer("alice"),
    bob: peer("bob", { connection: { dpd_delay: "3s" } }),
    rules: [["raw", `${match.fromAlice} ${match.espOn4500} counter drop`]],
    async steps(stage) {
      await stage.alice.initiate();
      await stage.ping("bob", 15, 1);
    },
    truth: {
      initiator: healthy(forced, "ESP in both directions, for the loss is behind this place"),
      responder: oneWay,
    },
  },
];
