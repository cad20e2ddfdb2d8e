import { verdict } from "../../facts/authentication/certificate-validity.js";
import { validityByLog, validityOnHost } from "../../facts/host/logged-validity.js";
import { defineRule } from "../../rule.js";

/** As `certificate-expired`, of a certificate whose validity had not begun. */
export const certificateNotYetValid = defineRule({
  code: "certificate-not-yet-valid",
  severity: "critical",
  title: "A certificate is not valid yet",
  explanation:
    "The validity of a certificate that a peer sends in clear begins after it was sent, and the other side goes no further. Nearly always a clock is wrong: that of the CA when it signed, or that of the side that refuses.",
  signature:
    "A certificate in clear, as aggressive mode sends them, whose notBefore lies after the time of the capture; the other side answers with an INFORMATIONAL or goes no further. If it goes on, it is information.",
  remedies: [
    "Compare the clocks of both peers and of the CA with the time of this capture ('timedatectl', 'chronyc tracking'), and let all of them follow NTP.",
    "If the clocks are right: wait until the validity begins, or have the certificate issued again.",
  ],
  commands: ["clock", "credentials"],
  references: ["RFC 5280 section 4.1.2.5"],
  detect: (context) =>
    verdict(context, "certificate-not-yet-valid", ({ notBefore: { time: limit } }, time) =>
      limit !== null && time < limit ? { limit, beyond: limit - time } : null,
    ) ?? validityByLog(context, "not-yet-valid", context.capture.observations.firstTime),
  detectOnHost: (context) => validityOnHost(context, "not-yet-valid"),
});
