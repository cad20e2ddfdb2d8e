import type { TunnelRule } from "../../context.js";
import { verdict } from "../../facts/certificate-validity.js";

/** IKEv1 sends certificates in clear in aggressive mode; one of them had expired when it was sent. */
export const certificateExpired: TunnelRule = (context) =>
  verdict(context, "certificate-expired", ({ notAfter: { time: limit } }, time) =>
    limit !== null && time > limit ? { limit, beyond: time - limit } : null,
  );
