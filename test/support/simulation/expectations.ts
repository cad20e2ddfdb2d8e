import { isSuspicion } from "../../../src/diagnosis/doubt.js";
import type { Judgement } from "../../../src/index.js";
import type { SeenFrame } from "./datagram.js";
import { type Proof, proofs, worksAtLast } from "./proofs.js";
import type { Recording } from "./recording.js";
import type { SimulatedTunnel } from "./tunnel.js";

/** Codes that are true of a path with loss. */
const OF_LOSS: readonly string[] = ["esp-loss", "retransmissions", "esp-reordered", "responder-slow"];

/** Codes that are possible where packets go that need no answer, and where a user logs in. */
const OF_REPORTS: readonly string[] = ["esp-one-way", "esp-blocked"];
const OF_USERS: readonly string[] = ["eap-stalled", "xauth-stalled"];
/** Seconds after which a login may have been left. */
const USER_TYPES = 2;

/** A transfer may end by chance when both sides rekey at once. */
const COLLISION = "rekey-collision";

/**
 * Proofs that another host than a peer may be the reason for, by what packets tell: one connection hangs, while others of the same tunnel
 * go on, or a new IKE SA came up since.
 */
const UNDECIDED: readonly Proof[] = ["large packets repeated"];

/** The error of a judgement, by the simulation and its recording; null if there is none. */
export function errorOf(
  tunnel: Pick<SimulatedTunnel, "fault" | "faultAt" | "path" | "hasReports" | "userTakes">,
  recording: Recording,
  frames: readonly SeenFrame[],
  judgement: Judgement,
): string | null {
  return tunnel.fault === null
    ? accusation(tunnel, judgement)
    : (alarm(tunnel.fault, tunnel.faultAt, frames, judgement) ??
        silence(tunnel.fault, recording, proofs(frames, recording), judgement));
}

/**
 * Codes that a tunnel without a fault is given, whatever of it was recorded. Nothing tells some reports of one size from questions that
 * have no answer, nor a user who types from one who left: these may be suspected.
 */
function accusation(
  { path, hasReports, userTakes }: Pick<SimulatedTunnel, "path" | "hasReports" | "userTakes">,
  { findings }: Judgement,
): string | null {
  const possible = [...(hasReports ? OF_REPORTS : []), ...(userTakes > USER_TYPES ? OF_USERS : [])];
  const accused = findings
    .filter(({ severity, code }) => severity !== "info" && !isOfRecording(code))
    .filter(({ code }) => path.options.loss === 0 || !OF_LOSS.includes(code))
    .filter(({ code }) => code !== COLLISION)
    .filter(({ code, confidence }) => !(confidence === "possible" && possible.includes(code)));
  if (accused.length === 0) return null;
  return `${accused.every(isSuspicion) ? "suspects" : "accuses"} ${accused.map(({ code }) => code).join(" ")}`;
}

/**
 * A fault that heals, and is still told as one that lasts though the last seconds of the recording show the tunnel at work. The address
 * that a client has left is another tunnel: nothing in clear tells that the client at the new one is the same.
 */
function alarm(
  { name, heals }: NonNullable<SimulatedTunnel["fault"]>,
  faultAt: number,
  frames: readonly SeenFrame[],
  { tunnels }: Judgement,
): string | null {
  if (heals !== true || !worksAtLast(frames, faultAt)) return null;
  const client = frames.findLast(({ from }) => from === "initiator")?.source ?? "";
  const failing = tunnels.filter(
    ({ status, tunnel }) => status === "failing" && tunnel.addresses.includes(client),
  );
  if (failing.length === 0) return null;
  const codes = failing.flatMap(({ findings }) => findings.map(({ code }) => code));
  return `fails of ${codes.join(" ")} though ${name}`;
}

/**
 * A tunnel that is healthy although its fault shows, or whose whole recording is given other codes. "Up", with what has no answer behind
 * it, is right: a rule may know no name for the sum of what the applications do.
 */
function silence(
  { name, accepts }: NonNullable<SimulatedTunnel["fault"]>,
  recording: Recording,
  found: readonly Proof[],
  { status, findings }: Judgement,
): string | null {
  const decided = found.filter((proof) => !UNDECIDED.includes(proof));
  if (decided.length === 0) return null;
  if (status === "healthy") return `healthy in spite of ${decided.join(", ")}`;
  const codes = findings.filter(({ severity }) => severity === "critical").map(({ code }): string => code);
  const isMisnamed = codes.length > 0 && !findings.some(({ code }) => accepts.includes(code));
  return recording.name === "whole" && isMisnamed ? `finds ${codes.join(" ")} for ${name}` : null;
}

const isOfRecording = (code: string): boolean =>
  code.startsWith("capture-") || code === "clock-jump" || code === "weak-crypto";
