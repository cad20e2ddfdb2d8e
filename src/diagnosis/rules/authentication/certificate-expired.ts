import { verdict } from "../../facts/authentication/certificate-validity.js";
import { validityByLog, validityOnHost } from "../../facts/host/logged-validity.js";
import { defineRule } from "../../rule.js";

/** IKEv1 sends certificates in clear in aggressive mode; one of them had expired when it was sent. */
export const certificateExpired = defineRule({
  code: "certificate-expired",
  severity: "critical",
  title: "A certificate has expired",
  explanation:
    "A certificate that a peer sends, in clear or opened with keys, was past its validity when it was sent, and the other side goes no further. Only IKEv1 aggressive mode shows certificates in clear; if they are encrypted, an expired one looks like any failing authentication, until keys (`--keys`) open it.",
  signature:
    "A certificate in clear, as aggressive mode sends them, or opened with keys, whose notAfter lies before the time of the capture; the other side answers with an INFORMATIONAL or goes no further. If it goes on, it is information.",
  remedies: [
    "Renew the named certificate at the side that sends it, with its whole chain, and reload it there.",
    "If the named certificate is that of a CA: renew it at every peer that trusts it, before those that it signed.",
    "If it expired minutes or hours ago only: compare the clocks of both peers first ('timedatectl', 'chronyc tracking').",
  ],
  commands: ["credentials", "clock", "log"],
  references: ["RFC 5280 section 4.1.2.5"],
  detect: (context) =>
    verdict(context, "certificate-expired", ({ notAfter: { time: limit } }, time) =>
      limit !== null && time > limit ? { limit, beyond: time - limit } : null,
    ) ?? validityByLog(context, "expired", context.capture.observations.firstTime),
  detectOnHost: (context) => validityOnHost(context, "expired"),
});
