import { secondOf } from "../../diagnosis/moments.js";
import { joined, type Message, say, verbatim } from "../../texts/message.js";
import type { FleetRule } from "../rule.js";
import { EXPIRY_TOLD_DAYS, type ExpiringCertificate, type WholeFleet } from "../summary.js";

const MOST_NAMED = 8;

/** One certificate, wherever it was shown. */
interface Shown extends ExpiringCertificate {
  readonly gateways: ReadonlySet<string>;
  readonly tunnels: number;
}

export const certificatesExpiring: FleetRule<WholeFleet> = {
  code: "fleet-certificates-expiring",
  severity: "warning",
  title: "Certificates run out soon",
  explanation:
    "Tunnels that authenticate by a certificate go on after it has run out, until the next authentication: then all of them fail, each at its own time. Over all gateways it is told which certificates run out within a month, and how many tunnels rest on each.",
  signature:
    "A certificate that a peer showed in clear (IKEv1, aggressive mode) is valid for at most 30 more days by the clock of the gateway that saw it. Of each peer the newest certificate counts: one that was replaced, at either end, is not told; nor is anything where the clock of the gateway was never set. Main mode and IKEv2 encrypt certificates: of those nothing is said.",
  remedies: [
    "Renew the named certificates at the side that shows them, and reload them there; then let one tunnel authenticate anew and look at what it shows.",
    "If the certificate is that of a CA: give its successor to every peer that trusts it before the old one runs out.",
  ],
  isOne: true,
  detect: ({ tunnels }) => {
    const shown = new Map<string, Shown>();
    for (const { ends } of tunnels) {
      const here = new Map(
        ends.flatMap(({ gateway, expiring = [] }) =>
          expiring.map((certificate) => [certificate.fingerprint, { certificate, gateway }]),
        ),
      );
      for (const [fingerprint, { certificate, gateway }] of here) {
        const before = shown.get(fingerprint);
        shown.set(fingerprint, {
          ...certificate,
          daysLeft: Math.min(certificate.daysLeft, before?.daysLeft ?? Infinity),
          gateways: new Set([...(before?.gateways ?? []), gateway]),
          tunnels: (before?.tunnels ?? 0) + 1,
        });
      }
    }
    const all = [...shown.values()].toSorted((a, b) => a.notAfter - b.notAfter);
    const [first] = all;
    if (first === undefined) return null;
    return {
      confidence: "certain",
      gateways: [...new Set(all.flatMap(({ gateways }) => [...gateways]))].toSorted(),
      since: null,
      headline:
        all.length === 1
          ? say`${nameOf(first)} ${endOf(first)}`
          : say`${all.length} certificates run out within ${EXPIRY_TOLD_DAYS} days or have run out, first: ${nameOf(first)} ${endOf(first)}`,
      summary: joined(
        say`${all.reduce((sum, { tunnels: count }) => sum + count, 0)} tunnels were set up with them. `,
        "They go on until the peers authenticate anew, and fail then.",
      ),
      evidence: all.slice(0, MOST_NAMED).map((certificate) => ({
        gateway: [...certificate.gateways].toSorted()[0] ?? "",
        time: null,
        text: say`${nameOf(certificate)}, SHA-256 ${verbatim(certificate.fingerprint)}..., is valid until ${secondOf(certificate.notAfter)}; tunnels: ${certificate.tunnels}`,
      })),
    };
  },
};

function nameOf({ holder, isAuthority }: ExpiringCertificate): Message {
  return isAuthority ? say`a CA certificate that ${holder} shows` : say`the certificate of ${holder}`;
}

/** A gateway's clock may be off by hours: the day is told, no more. */
function endOf({ daysLeft }: ExpiringCertificate): Message {
  if (daysLeft === 0) return "runs out within a day";
  if (daysLeft === -1) return "ran out within the last day";
  return daysLeft > 0
    ? say`runs out in ${daysLeft} day${daysLeft === 1 ? "" : "s"}`
    : say`ran out ${-daysLeft} days ago`;
}
