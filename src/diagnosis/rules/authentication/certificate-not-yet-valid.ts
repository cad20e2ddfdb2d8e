import type { TunnelRule } from "../../context.js";
import { verdict } from "../../facts/certificate-validity.js";

/** As `certificate-expired`, of a certificate whose validity had not begun. */
export const certificateNotYetValid: TunnelRule = (context) =>
  verdict(context, "certificate-not-yet-valid", ({ notBefore: { time: limit } }, time) =>
    limit !== null && time < limit ? { limit, beyond: limit - time } : null,
  );
