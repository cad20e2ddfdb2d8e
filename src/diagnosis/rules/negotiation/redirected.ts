import type { TunnelContext } from "../../context.js";
import { evidenceCited, evidenceOf } from "../../evidence.js";
import type { Verdict } from "../../finding.js";
import { redirectsOf, wentToAnotherGateway } from "../../facts/negotiation/redirects.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** REDIRECT in clear answers IKE_SA_INIT, or the client says at another gateway that this one sent it there. */
export const redirected = defineRule({
  code: "redirected",
  severity: "info",
  title: "The gateway sends the client to another gateway",
  explanation:
    "The gateway answered the first message, or IKE_AUTH, with REDIRECT: it is full or in maintenance, or it only distributes clients. The client goes on with the gateway that is named.",
  signature:
    "The answer to IKE_SA_INIT holds REDIRECT in clear; the gateway that it names is in the notify. Or the client ends the IKE SA after IKE_AUTH and begins another one with another gateway, and says there in REDIRECTED_FROM which one sent it.",
  remedies: ["Nothing to do; if it is not wanted, look at the redirect policy of the gateway's cluster."],
  commands: ["extensions"],
  references: ["RFC 5685"],
  onlyWith: ["several-messages"],
  detect: (context) => {
    const all = redirectsOf(context.tunnel);
    const last = all.at(-1);
    if (last === undefined) return redirectedInAuth(context);
    const { sa } = last;
    const target = last.target ?? "another gateway";
    return {
      confidence: "certain",
      provenance: "observed",
      phase: "IKE_SA_INIT",
      headline: say`${sa.responder.address} redirects ${sa.initiator.address} to ${target}`,
      summary: say`${sa.responder.address} answers IKE_SA_INIT with REDIRECT to ${target}${all.length > 1 ? say` (${all.length} times)` : ""}; the message claims so, it is not authenticated. What happens at ${target} is another tunnel.`,
      evidence: all.slice(-3).flatMap(({ exchange }) => evidenceOf(exchange.response, "REDIRECT", 1)),
    };
  },
});

function redirectedInAuth(context: TunnelContext): Verdict | null {
  const [found] = context.setups
    .flatMap((setup) => {
      const arrival = wentToAnotherGateway(setup, context);
      return arrival === undefined ? [] : [{ setup, arrival }];
    })
    .slice(-1);
  if (found === undefined) return null;
  const { setup, arrival } = found;
  const { initiator, responder } = setup.sa;
  const answer = setup.progress.authentication.at(-1)?.response ?? null;
  return {
    confidence: "likely",
    provenance: "deduced",
    phase: "IKE_AUTH",
    headline: say`${responder.address} redirects ${initiator.address} to ${arrival.target}`,
    summary: say`${initiator.address} begins an IKE SA with ${arrival.target} after the answer to IKE_AUTH, and says in REDIRECTED_FROM that ${responder.address} sent it there: that answer, which is encrypted, holds REDIRECT and no Child SA. What happens at ${arrival.target} is another tunnel.`,
    evidence: [
      ...evidenceOf(answer, "IKE_AUTH response", 1),
      evidenceCited(arrival.first, "IKE_SA_INIT request with REDIRECTED_FROM"),
    ],
  };
}
