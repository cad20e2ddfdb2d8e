import { isMulticast } from "../bytes/address.js";
import { say, type Message } from "../texts/message.js";
import type { TunnelContext } from "./context.js";
import type { Finding, Status } from "./finding.js";
import type { Proof } from "./proof.js";

/**
 * The step that gives the proof that a tunnel which no finding tells of is still without, a sentence; null where nothing is missing, or
 * findings have steps of their own.
 */
export function nextStep(
  context: TunnelContext,
  {
    status,
    findings,
    proof,
  }: { readonly status: Status; readonly findings: readonly Finding[]; readonly proof: Proof },
): Message | null {
  if (status !== "up" && status !== "nothing-to-judge") return null;
  if (findings.some(({ severity }) => severity !== "info")) return null;
  const { setups, scans, tunnel } = context;
  if (tunnel.addresses.some(isMulticast)) return null;
  switch (proof.kind) {
    case "traffic":
    case "checks":
      return null;
    case "one-side":
      return say`Capture both directions: where packets of ${proof.address} alone pass, a mirror port or a filter takes one direction, or the other one has another way.`;
    case "pending":
    case "unfinished":
      return RUN_ON;
    case "child-unknown":
      return setups.some(({ progress }) => progress.state === "up")
        ? PING
        : "Let the capture run on: another IKE_AUTH, ESP, or a liveness check tells how it ended. Keys (--keys) or a log of either peer (--with) tell it of this capture.";
    case "repeats":
      return say`Capture at ${proof.source} at the same time: whether the answers that pass here arrive there.`;
    case "large-unanswered":
      return "Ping through the tunnel with growing sizes and without fragmentation (ping -M do -s 1200, 1300, 1400) while the capture runs: the size from which on nothing comes back is that of the path.";
    case "one-way":
    case "one-way-end":
    case "traffic-before":
    case "unread-end":
      return "Ping through the tunnel from both ends while the capture runs, also to the inner address of the gateway itself: where answers come the tunnel works, and only the host that was asked is silent.";
    case "none":
      if (setups.length === 0) return scans.length > 0 || tunnel.streams.length === 0 ? null : FROM_SETUP;
      return status === "up" ? PING : RUN_ON;
  }
}

const RUN_ON =
  "Let the capture run on until the request is answered or given up: that takes up to three minutes, by the daemon.";
const PING =
  "Ping through the tunnel while the capture runs, and capture ESP too (UDP 4500 and IP protocol 50): packets both ways prove that it works.";
const FROM_SETUP =
  "Capture UDP 500 and 4500 and IP protocol 50 from before the tunnel is set up: the setup tells what the peers agreed on.";
