import type { TunnelRule } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import { redirectsOf } from "../../facts/redirects.js";

/** REDIRECT in clear answers IKE_SA_INIT: the gateway sends the client elsewhere. */
export const redirected: TunnelRule = ({ tunnel }) => {
  const all = redirectsOf(tunnel);
  const last = all.at(-1);
  if (last === undefined) return null;
  const { sa } = last;
  const target = last.target ?? "another gateway";
  return {
    code: "redirected",
    confidence: "certain",
    provenance: "observed",
    phase: "IKE_SA_INIT",
    headline: `${sa.responder.address} redirects ${sa.initiator.address} to ${target}`,
    summary: `${sa.responder.address} answers IKE_SA_INIT with REDIRECT to ${target}${all.length > 1 ? ` (${all.length} times)` : ""}; the message claims so, it is not authenticated. What happens at ${target} is another tunnel.`,
    evidence: all.slice(-3).flatMap(({ exchange }) => evidenceOf(exchange.response, "REDIRECT", 1)),
  };
};
