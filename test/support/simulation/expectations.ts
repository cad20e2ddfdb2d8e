import { isSuspicion } from "../../../src/diagnosis/doubt.js";
import type { Judgement } from "../../../src/index.js";
import type { SeenFrame } from "./path.js";
import { type Proof, proofs } from "./proofs.js";
import type { Recording } from "./recording.js";
import type { SimulatedTunnel } from "./tunnel.js";

/** Codes that are true of a path with loss. */
const OF_LOSS: readonly string[] = ["esp-loss", "retransmissions", "esp-reordered", "responder-slow"];

/** A transfer may end by chance when both sides rekey at once. */
const COLLISION = "rekey-collision";

/**
 * Proofs that another host than a peer may be the reason for, by what packets tell: one connection hangs, while others of the same tunnel
 * go on, or a new IKE SA came up since.
 */
const UNDECIDED: readonly Proof[] = ["large packets repeated"];

/** The error of a judgement, by the simulation and its recording; null if there is none. */
export function errorOf(
  tunnel: Pick<SimulatedTunnel, "fault" | "path" | "hasReports">,
  recording: Recording,
  frames: readonly SeenFrame[],
  judgement: Judgement,
): string | null {
  return tunnel.fault === null
    ? accusation(tunnel, judgement)
    : silence(tunnel.fault, recording, proofs(frames, recording), judgement);
}

/**
 * Codes that a tunnel without a fault is given, whatever of it was recorded. Nothing tells some reports of one size from questions that
 * have no answer: these may be suspected.
 */
function accusation(
  { path, hasReports }: Pick<SimulatedTunnel, "path" | "hasReports">,
  { findings }: Judgement,
): string | null {
  const accused = findings
    .filter(({ severity, code }) => severity !== "info" && !isOfRecording(code))
    .filter(({ code }) => path.options.loss === 0 || !OF_LOSS.includes(code))
    .filter(({ code }) => code !== COLLISION)
    .filter(
      (finding) => !(hasReports && finding.code === "esp-one-way" && finding.confidence === "possible"),
    );
  if (accused.length === 0) return null;
  return `${accused.every(isSuspicion) ? "suspects" : "accuses"} ${accused.map(({ code }) => code).join(" ")}`;
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
