import { humanDuration } from "../../bytes/time.js";
import type { Sighting } from "../../session/model.js";
import { stoppedAnswers } from "./answers-stop.js";
import type { TunnelContext } from "../context.js";
import { evidenceAt } from "../evidence.js";
import type { Verdict } from "../finding.js";
import { canonicalOf, lastOf } from "./sides.js";
import { sightingsOf } from "./sightings.js";
import { espStaleSpi } from "../rules/esp/esp-stale-spi.js";
import { mobikeFailed } from "../rules/life/mobike-failed.js";

/** Of the silent side's IKE messages one must be later than this behind its last ESP packet. */
const LATER = 1_000_000;

/** Answers that stop in the middle of traffic while IKE of the silent side still comes. */
export function noLongerAnswered(context: TunnelContext): Verdict | null {
  const stopped = stoppedAnswers(context);
  if (stopped === null || espStaleSpi(context) !== null || mobikeFailed(context) !== null) return null;
  const { asking, silent, stoppedAt, turns, after } = stopped;
  const proof = ikeAfter(context, silent.source, stoppedAt + LATER);
  if (proof === null) return null;
  const span = humanDuration(asking.lastTime - stoppedAt);
  return {
    code: "esp-one-way",
    confidence: "likely",
    provenance: "inferred",
    phase: "ESP",
    headline: `ESP of ${silent.source} stops, while ${asking.source} goes on for ${span} and IKE is still answered`,
    summary:
      `Traffic took turns (${turns} answers of ${silent.source}), then ESP of ${silent.source} ends while ${asking.source} goes on with packets of the same sizes (at least ${after} in ${span}). ` +
      `IKE of ${silent.source} still comes, so the peer lives and the way for IKE is open. ${sideOfOneWay(context, asking.source)}`,
    evidence: [
      lastOf(silent.last, `last ESP packet of ${silent.source}`),
      evidenceAt(proof, `an IKE message of ${silent.source} later`),
      lastOf(asking.last, `ESP of ${asking.source} goes on`),
    ],
    rivals: [
      {
        code: "esp-absent",
        separatedBy: `a ping to another host behind ${silent.source}: if that is answered, the tunnel works and the host that was asked is silent`,
      },
      {
        code: "nat-mapping-changed",
        separatedBy: `a capture at ${silent.source}: whether its answers leave, and to which address and port`,
      },
      {
        code: "plaintext-leak",
        separatedBy: `a capture at ${silent.source}: whether the replies leave in clear`,
      },
    ],
  };
}

/** The first IKE message of that end after `time`. */
function ikeAfter({ setups, tunnel }: TunnelContext, address: string, time: number): Sighting | null {
  return (
    setups
      .flatMap(({ sa }) => sightingsOf(sa))
      .filter((sighting) => sighting.time > time && canonicalOf(tunnel, sighting.source.address) === address)
      .toSorted((a, b) => a.time - b.time)[0] ?? null
  );
}

/** Where to look, as far as the sniffer's place tells. */
export function sideOfOneWay({ vantage, setups }: TunnelContext, source: string): string {
  const initiator = setups[0]?.sa.initiator.address;
  const near =
    (vantage.place === "near-initiator" && source === initiator) ||
    (vantage.place === "near-responder" && source !== initiator);
  if (near) {
    return "Seen near the sender: its packets leave; either they or the answers are lost on the way, or the other side does not answer.";
  }
  if (vantage.place === "near-initiator" || vantage.place === "near-responder") {
    return "Seen near the receiver: the packets arrive there and no answer leaves, so look at that host and the network behind it.";
  }
  return "Where the answers are lost cannot be told from this place.";
}
