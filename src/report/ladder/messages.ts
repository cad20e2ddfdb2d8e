import { exchangeName } from "../../ike/registries/exchanges.js";
import { messageName } from "../../diagnosis/phases.js";
import type { Exchange, IkeSa, Role, Tunnel } from "../../session/model.js";
import type { ToldOutcomes } from "../../diagnosis/told-outcomes.js";
import { outcomeOf } from "../outcome.js";
import { detailsOf } from "./details.js";
import { requestFate, responseFate, triesOf } from "./fate.js";
import type { LadderRow } from "./row.js";
import { other, sideOfRole } from "./sides.js";
import { type Message, say } from "../../texts/message.js";

/**
 * Every try of every message of an IKE SA, a row each; `name` tells the SA from the tunnel's others, `told` is what findings say
 * of its exchanges.
 */
export function messageRows(tunnel: Tunnel, sa: IkeSa, name: string | null, told: ToldOutcomes): LadderRow[] {
  return sa.exchanges.flatMap((exchange) => [
    ...sentRows(tunnel, sa, exchange, "request", name).map((row) => ofRefused(row, exchange, told)),
    ...sentRows(tunnel, sa, exchange, "response", name),
  ]);
}

/** The row, refused where a finding says so: IKEv1 refuses a request by an INFORMATIONAL, not by an answer. */
function ofRefused(row: LadderRow, exchange: Exchange, told: ToldOutcomes): LadderRow {
  const isRefused = row.fate === "unanswered" && outcomeOf(exchange, told) === "refused";
  return isRefused ? { ...row, fate: "refused" } : row;
}

function sentRows(
  tunnel: Tunnel,
  sa: IkeSa,
  exchange: Exchange,
  kind: "request" | "response",
  name: string | null,
): LadderRow[] {
  const transmission = exchange[kind];
  if (transmission === null) return [];
  const role: Role =
    (exchange.startedBy === "initiator") === (kind === "request") ? "initiator" : "responder";
  const from = sideOfRole(tunnel, sa, role);
  const tries = triesOf(transmission);
  return tries.flatMap((sightings, index) => {
    const [first] = sightings;
    if (first === undefined) return [];
    const { message } = transmission;
    return {
      kind: "message" as const,
      time: first.time,
      frames: sightings.flatMap(({ frames }) => frames),
      from,
      to: other(from),
      title: titleOf(sa, exchange, kind),
      details: [...(name === null ? [] : [name]), ...detailsOf(tunnel, transmission, sightings, first)],
      attempt: index + 1,
      fate: kind === "request" ? requestFate(exchange, tries, index) : responseFate(exchange, sightings),
      message,
    };
  });
}

/** "IKE_AUTH request 1"; IKEv1 numbers the messages of a mode instead. */
function titleOf(sa: IkeSa, exchange: Exchange, kind: "request" | "response"): Message {
  if (sa.majorVersion === 1) return messageName(sa, exchange, kind);
  return say`${exchangeName(2, exchange.exchangeType)} ${kind} ${exchange.messageId}`;
}
