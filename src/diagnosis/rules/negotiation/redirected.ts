import { evidenceOf } from "../../evidence.js";
import { redirectsOf } from "../../facts/redirects.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** REDIRECT in clear answers IKE_SA_INIT: the gateway sends the client elsewhere. */
export const redirected = defineRule({
  code: "redirected",
  severity: "info",
  title: "The gateway sends the client to another gateway",
  explanation:
    "The gateway answered the first message with REDIRECT: it is full or in maintenance, or it only distributes clients. The client goes on with the gateway that is named.",
  signature: "The answer to IKE_SA_INIT holds REDIRECT in clear; the gateway that it names is in the notify.",
  remedies: ["Nothing to do; if it is not wanted, look at the redirect policy of the gateway's cluster."],
  commands: ["extensions"],
  references: ["RFC 5685"],
  onlyWith: ["demand"],
  detect: ({ tunnel }) => {
    const all = redirectsOf(tunnel);
    const last = all.at(-1);
    if (last === undefined) return null;
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
