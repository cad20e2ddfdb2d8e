import { isChildDeleteLength } from "../../../session/short-messages.js";
import { type Message, say } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import { namedPayloads } from "../host/named-payloads.js";
import type { Unanswered } from "./unanswered.js";

/**
 * The content of the request. child-delete: by its length it asks nothing, and says that a Child SA is deleted, as after a rekey.
 * delete, other: by a log.
 */
export type RequestContent = "check" | "child-delete" | "delete" | "other";

/** A request as the evidence names it. */
export const REQUEST_EVIDENCE: Readonly<Record<RequestContent, Message>> = {
  check: "liveness check (short INFORMATIONAL request), unanswered",
  "child-delete": "Delete of a Child SA (by its length), unanswered",
  delete: "INFORMATIONAL request with a Delete (by a log), unanswered",
  other: "INFORMATIONAL request, unanswered",
};

/** By the log of either end, which names the payloads; else by the length. */
export function contentOf(context: TunnelContext, { request, setup }: Unanswered): RequestContent {
  const isChildDelete = isChildDeleteLength(request.message, setup.progress.suite);
  const named = namedPayloads(context, request);
  if (named === null) return isChildDelete ? "child-delete" : "check";
  if (named.names.length === 0) return "check";
  if (named.names.includes("D")) return isChildDelete ? "child-delete" : "delete";
  // A check of the path, as MOBIKE does it, has these beside COOKIE2 (RFC 4555 section 3.8).
  return named.names.every((name) => name.startsWith("N(NATD") || name === "N(COOKIE2)") ? "check" : "other";
}

/** The headline of a verdict on such a request. */
export function requestHeadline(
  { asker, silent }: Unanswered,
  tries: Message,
  request: RequestContent,
  stillSends: boolean,
): Message {
  switch (request) {
    case "child-delete":
      return stillSends
        ? say`${silent.address} never acknowledges the Delete of a Child SA on IKE (${tries}), while its ESP still comes in`
        : say`${silent.address} never acknowledges the Delete of a Child SA of ${asker.address} (${tries})`;
    case "delete":
      return stillSends
        ? say`${silent.address} never acknowledges a Delete on IKE (${tries}), while its ESP still comes in`
        : say`${silent.address} never acknowledges a Delete of ${asker.address} (${tries})`;
    case "other":
      return stillSends
        ? say`${silent.address} stops answering INFORMATIONAL requests (${tries}), while its ESP still comes in`
        : say`${silent.address} no longer answers INFORMATIONAL requests of ${asker.address} (${tries})`;
    case "check":
      return stillSends
        ? say`${silent.address} stops answering liveness checks on IKE (${tries}), while its ESP still comes in`
        : say`${silent.address} no longer answers DPD of ${asker.address} (${tries})`;
  }
}

/** The first words of its summary, without a full stop. */
export function requestText({ asker, silent }: Unanswered, tries: Message, request: RequestContent): Message {
  switch (request) {
    case "child-delete":
      return say`The tunnel was up. ${asker.address} tells ${silent.address} that a Child SA is deleted (${tries}), as after a rekey, and no answer comes`;
    case "delete":
      return say`The tunnel was up. ${asker.address} tells ${silent.address} that it deletes an SA (${tries}; a log says that the request holds a Delete, so it is no liveness check), and no answer comes`;
    case "other":
      return say`The tunnel was up. ${asker.address} sends ${silent.address} an INFORMATIONAL request (${tries}), and no answer comes`;
    case "check":
      return say`The tunnel was up. ${asker.address} asks whether ${silent.address} is alive (${tries}), and no answer comes`;
  }
}
