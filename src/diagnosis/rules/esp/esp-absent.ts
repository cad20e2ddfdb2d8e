import { humanDuration, type Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import { firstSighting } from "../../../session/sightings.js";
import { evidenceAt } from "../../evidence.js";
import { wouldShowEsp } from "../../facts/esp/shows-esp.js";
import { silenceAfter } from "../../facts/silence/silence.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** Idle for less is everyday: somebody waits, sleeps, or the line is a spare one. */
const IDLE: Micros = 600_000_000;
/** Liveness checks that were answered in that time. */
const CHECKS = 2;

/**
 * The SA was set up in this capture, lives, and not one ESP packet passes either way for a long time. Said only where the
 * capture would hold ESP.
 */
export const espAbsent = defineRule({
  code: "esp-absent",
  severity: "warning",
  title: "The tunnel is up and carries nothing",
  explanation:
    "The IKE SA is up, its liveness checks are answered, and no ESP packet passes in either direction for a long time. For a backup line that is normal; if traffic is expected, it takes another path.",
  signature:
    "An IKEv2 SA that was set up in the capture, liveness checks answered ten minutes later, and no ESP either way, though the capture would hold it: IKE is on port 4500, or other packets prove that no filter was on.",
  remedies: [
    "At both ends: does traffic match the selectors, and do the counters of the policies move?",
    "Look at the route to the other network, with the inner source address, and for a NAT rule that changes addresses before IPsec sees them.",
  ],
  commands: ["status", "route"],
  references: ["RFC 4301 section 5.1"],
  needs: ["pauses"],
  live: { severity: "info" },
  onlyWith: ["beyond-setup"],
  detect: (context) => {
    const { tunnel, capture } = context;
    if (tunnel.streams.length > 0 || tunnel.streamsNotKept > 0 || tunnel.tcpConnections.length > 0)
      return null;
    if (tunnel.brokenEsp.size > 0) return null;
    const setup = context.setups.findLast(({ sa, progress }) => sa.startSeen && progress.state === "up");
    const up = setup?.progress.upAt;
    if (setup === undefined || up == null || !wouldShowEsp(context)) return null;
    const checks = setup.progress.later.filter(
      ({ exchangeType, request, response }) =>
        request !== null && response !== null && exchangeType === EXCHANGE_V2.INFORMATIONAL,
    );
    const last = firstSighting(checks.at(-1)?.response ?? null);
    const proof = firstSighting(setup.progress.authentication.at(-1)?.response ?? null);
    if (checks.length < CHECKS || last === undefined || proof === undefined) return null;
    const idle = last.time - up;
    if (idle < IDLE || capture.files.length > 1) return null;
    const [one, other] = tunnel.addresses;
    return {
      confidence: "possible",
      provenance: "deduced",
      phase: "ESP",
      headline: say`the SA between ${one} and ${other} is up for ${humanDuration(idle)} and carries no ESP either way`,
      summary: say`The tunnel came up, liveness checks are answered (${checks.length} times, the last one ${humanDuration(idle)} after the setup), and not one ESP packet passes in either direction. Nobody has anything to send, or what should go into the tunnel does not match its selectors, or the route leads elsewhere.`,
      evidence: [
        evidenceAt(proof, "the SA comes up"),
        evidenceAt(
          last,
          say`still alive; the capture goes on for ${humanDuration(silenceAfter(context, last))}`,
        ),
      ],
      rivals: [
        {
          code: "plaintext-leak",
          separatedBy:
            "a capture of the inner side: whether there is traffic for the other network at all, and where it goes",
        },
      ],
    };
  },
});
