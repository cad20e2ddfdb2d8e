import type { Address } from "./bytes/address.js";
import type { Micros } from "./bytes/time.js";
import { withMissingFiles, withUnrecorded } from "./capture/missing-files.js";
import type { CaptureError, CaptureSource } from "./capture/source.js";
import type { ToldProducts } from "./diagnosis/commands/told.js";
import { judgeStepwise } from "./diagnosis/judge.js";
import type { Judgement } from "./diagnosis/judgement.js";
import type { HostRecords } from "./joint/host.js";
import { type JoinedHost, joinHosts } from "./joint/joined.js";
import { type PlacesOptions, readPlaces } from "./reading/places.js";
import { readSession } from "./reading/session.js";
import { tunnelsOfClients } from "./session/clients/tunnels-of-clients.js";
import { withoutHoles } from "./session/esp/file-holes.js";
import type { KeptTunnel } from "./session/model.js";

export { CaptureError, type ByteSource, type CaptureSource } from "./capture/source.js";
export type { Judgement, JudgedTunnel } from "./diagnosis/judgement.js";
export type { Finding, Phase, Scope, Status } from "./diagnosis/finding.js";
export type { Severity } from "./diagnosis/severity.js";
export type { EspTap } from "./session/intake/esp-tap.js";
export type { MessageTap } from "./session/intake/message-tap.js";
export { EspKernel } from "./esp/kernel.js";
export { Opener } from "./opening/opener.js";
export { KeyReader } from "./secrets/key-reader.js";
export type { KeyRing } from "./secrets/key.js";
export { renderCsv } from "./report/csv.js";
export { renderNdjson } from "./report/ndjson.js";
export { renderJson, toReport, type Report } from "./report/json.js";
export { renderHtml, renderHtmlPieces } from "./report/html/html.js";
export { renderLadder, type LadderOptions } from "./report/ladder.js";
export { renderMarkdown } from "./report/markdown/markdown.js";
export { renderText } from "./report/text.js";
export { type EvidenceSelection, selectEvidence } from "./report/evidence/selection.js";
export { AnonymizedSource } from "./anonymize/source.js";
export { Redactor } from "./anonymize/text/redactor.js";
export { extractEvidence, wholeCapture } from "./extract/extract.js";
export { LiveEngine } from "./live/engine.js";
export type { LiveOptions } from "./live/options.js";
export type { LiveEvent, LiveListener } from "./live/event.js";
export type { LiveSnapshot } from "./live/snapshot.js";
export type { Reopen } from "./reading/reopen.js";
export { decodeMessages, tapEsp, type DecodeOptions } from "./reading/taps.js";

export interface AnalyzeOptions extends PlacesOptions {
  /** Judge only the tunnels that have this address at one end. */
  readonly peer?: Address;
  /** Called when all is read, before so many tunnels are judged: with thousands of them that takes seconds. */
  readonly onRead?: (tunnels: number) => void;
  /** Reads what hosts themselves say, once the time of the capture is known: stamps of logs may lack the year. */
  readonly hosts?: (near: Micros | null) => Promise<readonly HostRecords[]>;
  /** The products of whoever begins and of whoever answers, where they are known better than the capture shows. */
  readonly products?: ToldProducts;
  /** Asked while tunnels are judged, some twenty times a second: false ends it with the tunnels that are judged. */
  readonly goOn?: () => Promise<boolean>;
}

export interface Analysis {
  readonly judgement: Judgement;
  /** Hosts whose logs and dumps stand beside the capture. */
  readonly hosts: readonly JoinedHost[];
  /** Why a capture could not be read to its end; what was read before it is judged. Null where all was read. */
  readonly error: CaptureError | null;
  /** How far the clock of each capture is ahead, by the capture's index; empty if all agree. */
  readonly clocks: readonly Micros[];
  /** The ends of all tunnels where `peer` is at none of them; null where it is at one, or was not asked for. */
  readonly unmatched: readonly (readonly [Address, Address])[] | null;
}

/**
 * Reads a capture source to its end and judges every tunnel in it. Memory is bounded by tunnels, not by packets.
 * Closes the source. A source that cannot be read on gives `error`; anything else that it throws is passed on.
 */
export async function analyze(source: CaptureSource, options: AnalyzeOptions = {}): Promise<Analysis> {
  const { peer } = options;
  const asked = (tunnels: readonly KeptTunnel[]): readonly KeptTunnel[] =>
    peer === undefined ? tunnels : tunnels.filter((tunnel) => hasPeer(tunnel, peer));
  const first = await readSession(source, options);
  const { model, error, files, places, clocks } = await readPlaces(
    first,
    asked(first.model.tunnels),
    options,
  );
  const { tunnels, holes } = withoutHoles(asked(tunnelsOfClients(model.tunnels)), files);
  const told = withUnrecorded(options.rotated === true ? withMissingFiles(files) : files, holes);
  const unmatched =
    peer !== undefined && tunnels.length === 0 ? model.tunnels.map(({ addresses }) => addresses) : null;
  options.onRead?.(tunnels.length);
  const records = (await options.hosts?.(model.observations.firstTime)) ?? [];
  const hosts = joinHosts(records, tunnels);
  const steps = judgeStepwise({ ...model, tunnels }, told, { places, hosts, products: options.products });
  return { judgement: await inSlices(steps, options.goOn), hosts, error, clocks, unmatched };
}

/** Milliseconds of judging between two questions whether to go on. */
const SLICE = 50;

async function inSlices(
  steps: ReturnType<typeof judgeStepwise>,
  goOn: AnalyzeOptions["goOn"],
): Promise<Judgement> {
  let until = performance.now() + SLICE;
  for (let isToEnd = false; ;) {
    const step = steps.next(isToEnd);
    if (step.done === true) return step.value;
    if (goOn === undefined || performance.now() < until) continue;
    isToEnd = !(await goOn());
    until = performance.now() + SLICE;
  }
}

function hasPeer(tunnel: KeptTunnel, peer: Address): boolean {
  return tunnel.addresses.includes(peer) || tunnel.aliases.some(({ address }) => address === peer);
}
