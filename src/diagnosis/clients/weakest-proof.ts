import { joined, type Message } from "../../texts/message.js";
import type { TunnelContext } from "../context.js";
import { clientText } from "../facts/authentication/cited-client.js";
import { type Proof, proofOf } from "../proof.js";
import { isUp as isTunnelUp } from "../status.js";
import { standingText } from "../standing.js";
import type { ToldState } from "../told-state.js";
import { contextsOfClients } from "./of-one-client.js";

/** A proof, and the context of the packets that give it: the tunnel, or one of several clients. */
export interface Proven {
  readonly proof: Proof;
  readonly context: TunnelContext;
}

/** A client of which this is all that is proven may not work: traffic of others proves nothing of it. */
const OPEN: ReadonlySet<Proof["kind"]> = new Set([
  "one-way",
  "one-way-end",
  "pending",
  "large-unanswered",
  "unfinished",
  "child-unknown",
  "none",
]);

/** The proof of the tunnel; where several clients share an address, that of the first one of which less is proven than of all together. */
export function weakestProof(context: TunnelContext, isMended: boolean): Proven {
  const proof = proofOf(context, isMended);
  if (proof.kind !== "traffic" && proof.kind !== "checks") return { proof, context };
  for (const own of contextsOfClients(context)) {
    const ofClient = proofOf(own, isMended);
    if (OPEN.has(ofClient.kind)) return { proof: ofClient, context: own };
  }
  return { proof, context };
}

/** How the tunnel stands by that proof, with the client that it is about, if it is that of one of several. */
export function standingBy(
  { proof, context: proven }: Proven,
  context: TunnelContext,
  isUp: boolean,
  states: ReadonlyMap<string, ToldState>,
): Message {
  if (proven === context) return standingText(context, proof, isUp, states);
  const standing =
    proof.kind === "none" && isTunnelUp(proven)
      ? "of one client nothing but IKE is in the capture"
      : standingText(proven, proof, isTunnelUp(proven), states);
  const client = clientText(context, { setups: proven.setups, streams: proven.tunnel.streams });
  return client === null ? standing : joined(standing, client);
}
