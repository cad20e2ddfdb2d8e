import type { HostEvent } from "../../../evidence/record.js";
import type { HostContext } from "../../context.js";
import { toldByLog } from "../../facts/host/told-by-log.js";
import { linesOf } from "../../facts/host/lines.js";
import { eventsOf } from "../../facts/host/events.js";
import { tieOf } from "../../facts/host/line-tie.js";
import { withScanInMind } from "../../facts/scan/may-be-scan.js";
import { defineHostRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** The daemon found no connection for what the peer asks. */
export const peerConfigMissing = defineHostRule({
  code: "peer-config-missing",
  severity: "critical",
  title: "The host has no connection for this peer",
  explanation:
    "The daemon looked for a connection for the peer's addresses, identities and authentication, and has none that fits.",
  signature:
    "The log says 'no matching peer config found', 'no IKE config found', or 'no connection has been authorized', and no IKE SA comes up after it.",
  remedies: [
    "Compare, on both ends: addresses (local_addrs, remote_addrs; left, right), identities (local.id, remote.id; leftid, rightid), and the way to authenticate.",
    "Is the connection loaded? swanctl --list-conns; ipsec status.",
  ],
  references: ["RFC 7296 section 2.15"],
  needs: ["host"],
  detect: (context) => {
    const { events, isMended } = toldByLog(context, "peer-config-missing", "ike-up", (event) =>
      isAboutPeer(context, event),
    );
    const [first] = events;
    if (first === undefined) return null;
    const { name } = context.host.records;
    const asked = eventsOf(context, "config").find(({ text }) => text.startsWith("looking for peer configs"));
    return withScanInMind(
      {
        ...(isMended ? { severity: "warning", mended: true } : {}),
        confidence: "certain",
        provenance: "observed",
        phase: null,
        headline: say`${name} has no connection for this peer`,
        summary: say`The daemon of ${name} says: ${first.text}.${asked === undefined ? "" : say` It was ${asked.text}.`}`,
        evidence: [],
        lines: linesOf(context, [...(asked === undefined ? [] : [asked]), ...events]),
      },
      context.tunnel?.setups ?? [],
    );
  },
});

/** A log without messages speaks of a tunnel that never came up, by its time. */
function isAboutPeer(context: HostContext, event: HostEvent): boolean {
  const tie = tieOf(context, event);
  return (
    tie === "exchange" ||
    (tie === "time" && context.tunnel?.setups.every(({ progress }) => progress.upAt === null) === true)
  );
}
