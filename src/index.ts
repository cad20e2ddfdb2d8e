import type { Address } from "./bytes/address.js";
import { CaptureError, type CaptureSource } from "./capture/source.js";
import { judge } from "./diagnosis/judge.js";
import type { Judgement } from "./diagnosis/judgement.js";
import type { EspKernel } from "./esp/kernel.js";
import { Intake } from "./session/intake/intake.js";
import type { MessageTap } from "./session/intake/message-intake.js";
import type { KeptTunnel, SessionModel } from "./session/model.js";

export { CaptureError, type ByteSource, type CaptureSource } from "./capture/source.js";
export type { Judgement, JudgedTunnel } from "./diagnosis/judgement.js";
export type { Finding, Phase, Scope, Status } from "./diagnosis/finding.js";
export type { Severity } from "./diagnosis/severity.js";
export type { MessageTap } from "./session/intake/message-intake.js";
export { EspKernel } from "./esp/kernel.js";
export { renderJson, toReport, type Report } from "./report/json.js";
export { renderHtml } from "./report/html/html.js";
export { renderLadder, type LadderOptions } from "./report/ladder.js";
export { renderMarkdown } from "./report/markdown/markdown.js";
export { renderText } from "./report/text.js";
export { type EvidenceSelection, selectEvidence } from "./report/evidence/selection.js";
export { AnonymizedSource } from "./anonymize/source.js";
export { extractEvidence } from "./extract/extract.js";
export { LiveEngine, type LiveOptions } from "./live/engine.js";
export type { LiveEvent, LiveListener } from "./live/event.js";
export type { LiveSnapshot } from "./live/snapshot.js";

export interface AnalyzeOptions {
  /** Ends the reading early; what was read until then is judged. */
  readonly signal?: AbortSignal;
  /** Judge only the tunnels that have this address at one end. */
  readonly peer?: Address;
  /** Makes the ESP of a capture that is read into its chunk fast. */
  readonly kernel?: EspKernel;
}

export interface Analysis {
  readonly judgement: Judgement;
  /** Why a capture could not be read to its end; what was read before it is judged. Null where all was read. */
  readonly error: CaptureError | null;
}

/**
 * Reads a capture source to its end and judges every tunnel in it. Memory is bounded by tunnels, not by packets.
 * Closes the source. A source that cannot be read on gives `error`; anything else that it throws is passed on.
 */
export async function analyze(source: CaptureSource, options: AnalyzeOptions = {}): Promise<Analysis> {
  const { model, error } = await readSession(source, options);
  const { peer } = options;
  const tunnels =
    peer === undefined ? model.tunnels : model.tunnels.filter((tunnel) => hasPeer(tunnel, peer));
  return { judgement: judge({ ...model, tunnels }, source.summaries()), error };
}

/** In a function of its own, so that what only the reading needs is free before the judgement. */
async function readSession(
  source: CaptureSource,
  { signal, kernel }: AnalyzeOptions,
): Promise<{ readonly model: SessionModel; readonly error: CaptureError | null }> {
  const intake = new Intake(kernel === undefined ? {} : { kernel });
  let error: CaptureError | null = null;
  try {
    await readAll(source, intake, signal, (fault) => {
      error ??= fault;
    });
  } finally {
    await source.close();
  }
  return { model: intake.finish(), error };
}

export interface DecodeOptions {
  readonly signal?: AbortSignal;
  /** Awaited after each piece of the capture that was read: where a slow reader of the output holds the reading up. */
  readonly pause?: () => Promise<void>;
}

/**
 * Hands every IKE message of a capture source to `tap`, in the order of the frames that complete them. Closes the source.
 * Gives the fault that kept a capture from being read to its end, or null.
 */
export async function decodeMessages(
  source: CaptureSource,
  tap: MessageTap,
  options: DecodeOptions = {},
): Promise<CaptureError | null> {
  const intake = new Intake({ tap });
  let error: CaptureError | null = null;
  try {
    await readAll(
      source,
      intake,
      options.signal,
      (fault) => {
        error ??= fault;
      },
      options.pause,
    );
    intake.finish();
  } finally {
    await source.close();
  }
  return error;
}

async function readAll(
  source: CaptureSource,
  intake: Intake,
  signal: AbortSignal | undefined,
  onFault: (fault: CaptureError) => void,
  pause?: () => Promise<void>,
): Promise<void> {
  const { record } = source;
  for (;;) {
    try {
      for (;;) {
        intake.skim(source);
        if (!source.next()) break;
        intake.frame(record);
      }
      if (pause !== undefined) await pause();
      if (signal?.aborted === true || !(await untilAborted(source.fill(), signal))) return;
    } catch (fault) {
      // One file of several that is broken does not hide what the others hold.
      if (!(fault instanceof CaptureError)) throw fault;
      onFault(fault);
    }
  }
}

/** A pipe may stay silent for ever: an abort must not wait for its next packet. */
async function untilAborted(filled: Promise<boolean>, signal: AbortSignal | undefined): Promise<boolean> {
  if (signal === undefined) return filled;
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<boolean>((resolve) => {
    onAbort = () => resolve(false);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([filled, aborted]);
  } finally {
    if (onAbort !== undefined) signal.removeEventListener("abort", onAbort);
  }
}

function hasPeer(tunnel: KeptTunnel, peer: Address): boolean {
  return tunnel.addresses.includes(peer) || tunnel.aliases.some(({ address }) => address === peer);
}
