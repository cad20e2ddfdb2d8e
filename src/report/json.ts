import { roleOfPeer } from "../session/model/queries.js";
import type { Address } from "../bytes/address.js";
import { frameCapture, frameNumber } from "../bytes/frame.js";
import { printableJson } from "../bytes/text.js";
import { isoTime } from "../bytes/time.js";
import { formatSuite } from "../ike/suite-text.js";
import type { JudgedTunnel, Judgement } from "../diagnosis/judgement.js";
import type { Finding } from "../diagnosis/finding.js";
import type { ToldOutcomes } from "../diagnosis/told-outcomes.js";
import type { Setup } from "../diagnosis/context.js";
import { phaseOf } from "../diagnosis/phases.js";
import type { Exchange, IkeSa, Transmission, TunnelClient } from "../session/model.js";
import { ENGLISH, type Texts } from "../texts/texts.js";
import { translatedJudgement } from "./presented-judgement.js";
import { type AddressNames, NO_NAMES } from "./address-names.js";
import { findingJson } from "./json-finding.js";
import { layOut, layOutItem } from "./json-layout.js";
import { frameJson, type JsonContext, timeText } from "./json-frame.js";
import { childSaJson, streamJson } from "./json-streams.js";
import { causeJson } from "./outage/json.js";
import { outcomeOf } from "./outcome.js";
import { portsOf } from "./ports.js";

const SCHEMA = "ikescope.report/1";

/** The report as JSON: plain data by the committed schema `report.schema.json`. */
export type Report = ReturnType<typeof toReport>;

/**
 * Makes the report of a judgement. `version` is ikescope's own. Computes nothing: it only names and formats. All tunnels
 * are in memory at once: of a large capture, write {@link renderJson}.
 */
export function toReport(
  judged: Judgement,
  version: string,
  names: AddressNames = NO_NAMES,
  texts: Texts = ENGLISH,
) {
  const judgement = translatedJudgement(judged, texts);
  const context = contextOf(judgement);
  return {
    ...headJson(judgement, version),
    tunnels: judgement.tunnels.map((judged) => tunnelJson(judged, context, names, texts)),
    findings: judgement.findings.map((finding) => reportedFinding(finding, context)),
  };
}

/** Characters of a piece: most tunnels are a few lines, and to hand each of them on costs as much as to write it. */
const GATHERED = 32 * 1024;

/** The same report as text, in pieces, with one tunnel in memory at a time. */
export function* renderJson(
  judgement: Judgement,
  version: string,
  names: AddressNames = NO_NAMES,
  texts: Texts = ENGLISH,
): Generator<string> {
  let text = "";
  for (const piece of pieces(translatedJudgement(judgement, texts), version, names, texts)) {
    text += piece;
    if (text.length < GATHERED) continue;
    yield printableJson(text);
    text = "";
  }
  yield printableJson(text);
}

function* pieces(
  judgement: Judgement,
  version: string,
  names: AddressNames,
  texts: Texts,
): Generator<string> {
  const context = contextOf(judgement);
  yield layOut(headJson(judgement, version), "").slice(0, -"\n}".length);
  yield* listPieces("tunnels", judgement.tunnels, (judged) => tunnelJson(judged, context, names, texts));
  yield* listPieces("findings", judgement.findings, (finding) => reportedFinding(finding, context));
  yield "\n}\n";
}

/** A further member of the report: a list, an item a piece. */
function* listPieces<T>(name: string, items: readonly T[], toJson: (item: T) => object): Generator<string> {
  yield `,\n  "${name}": [`;
  for (const [index, item] of items.entries()) {
    yield `${index === 0 ? "" : ","}\n    ${layOutItem(name, toJson(item), "    ")}`;
  }
  yield items.length === 0 ? "]" : "\n  ]";
}

/** How frames and times of a judgement are written. */
export function contextOf({ files }: Judgement): JsonContext {
  return {
    severalFiles: files.length > 1,
    nanos: files.some(({ nanosecondTimes }) => nanosecondTimes),
  };
}

function headJson(judgement: Judgement, version: string) {
  const { files } = judgement;
  return {
    schema: SCHEMA,
    tool: { name: "ikescope", version },
    captures: files.map((file) => ({
      file: file.file,
      format: file.format,
      linkTypes: [...file.linkTypes],
      packets: file.packets,
      bytes: file.bytes,
      firstTime: file.firstTime === null ? null : isoTime(file.firstTime),
      lastTime: file.lastTime === null ? null : isoTime(file.lastTime),
      notes: file.notes.map(({ text }) => text),
    })),
    verdict: {
      status: judgement.status,
      scope: judgement.scope,
      shared: [...judgement.shared],
      headline: judgement.headline,
      confidence: judgement.confidence,
    },
    causes: judgement.causes.map(causeJson),
    notKept: {
      messagesOfFurtherTunnels: judgement.observations.tunnelsNotKept,
      espPacketsOfFurtherStreams: judgement.observations.espUntracked,
      espStreamsGivenUp: judgement.observations.espStreamsEvicted,
      ...(judgement.notJudged === 0 ? {} : { tunnelsNotJudged: judgement.notJudged }),
    },
  };
}

/** A name only where the user gave one: it is not of the capture. */
function nameField(address: Address, names: AddressNames): { readonly name?: string } {
  const name = names.of(address);
  return name === null ? {} : { name };
}

function tunnelJson(judged: JudgedTunnel, context: JsonContext, names: AddressNames, texts: Texts) {
  const { tunnel, setups, nat, implementations } = judged;
  const behind = [nat?.initiatorBehindNat ?? null, nat?.responderBehindNat ?? null];
  const places = new Map(tunnel.streams.map((stream, place) => [stream, place]));
  return {
    id: tunnel.id,
    peers: tunnel.addresses.map((address, index) => ({
      address,
      ...nameField(address, names),
      alsoSeenAs: tunnel.aliases
        .filter(({ standsFor }) => standsFor === address)
        .map((alias) => alias.address),
      ports: portsOf(tunnel, setups, address),
      role: roleOfPeer(tunnel, index === 0 ? 0 : 1),
      behindNat: behind[index] ?? null,
      vendor: implementations[index]?.name ?? null,
      vendorBy: implementations[index]?.by ?? null,
      vendorConfidence: implementations[index]?.confidence ?? null,
    })),
    status: judged.status,
    standing: texts.of(judged.standing),
    next: judged.next === null ? null : texts.of(judged.next),
    failingPhase: judged.failingPhase,
    since: judged.since === null ? null : isoTime(judged.since),
    vantage: judged.vantage.place,
    vantageReason: texts.of(judged.vantage.reason),
    clients: tunnel.client?.atOnce ?? 1,
    client: clientJson(tunnel.client),
    whatChanged: comparisonJson(judged, context, texts),
    ikeSas: setups.map((setup) => saJson(setup, judged.told, context)),
    childSas: judged.childSas.map((child) => childSaJson(child, places, context)),
    streams: tunnel.streams.map((stream) => streamJson(stream, context)),
    streamsNotKept: tunnel.streamsNotKept,
  };
}

/** The one of several clients behind an address whose tunnel it is; null where its tunnel is all that two addresses do. */
export function clientJson(client: TunnelClient | null): Pick<TunnelClient, "address" | "port"> | null {
  return client === null ? null : { address: client.address, port: client.port };
}

function comparisonJson({ comparison }: JudgedTunnel, context: JsonContext, texts: Texts) {
  if (comparison === null) return null;
  return {
    worked: frameJson(comparison.workedFrame, context),
    failed: frameJson(comparison.failedFrame, context),
    changes: comparison.changes.map(({ what, worked, failed }) => ({
      what: texts.of(what),
      worked: texts.of(worked),
      failed: texts.of(failed),
    })),
  };
}

function saJson({ sa, progress }: Setup, told: ToldOutcomes, context: JsonContext) {
  const toldState = told.states.get(sa.id);
  return {
    id: sa.id,
    version: sa.majorVersion,
    initiator: sa.initiator.address,
    responder: sa.responder.address,
    initiatorSpi: sa.initiatorSpi,
    responderSpi: sa.responderSpi,
    state: toldState?.kind ?? progress.state,
    stateFinding: toldState?.code ?? null,
    suite: progress.suite === null ? null : formatSuite(progress.suite),
    startSeen: sa.startSeen,
    rolesProven: sa.rolesProven,
    messagesNotKept: sa.unkept,
    exchanges: sa.exchanges.map((exchange) => exchangeJson(sa, exchange, told, context)),
  };
}

function exchangeJson(sa: IkeSa, exchange: Exchange, told: ToldOutcomes, context: JsonContext) {
  const { request, response } = exchange;
  return {
    exchange: phaseOf(sa, exchange),
    messageId: exchange.messageId,
    step: exchange.step,
    initiator: exchange.startedBy,
    request: request === null ? null : transmissionJson(request, context),
    response: response === null ? null : transmissionJson(response, context),
    retransmissions: Math.max(0, (request?.tries ?? 1) - 1),
    outcome: outcomeOf(exchange, told),
  };
}

function transmissionJson({ sightings, fragments, tries, message }: Transmission, context: JsonContext) {
  const first = sightings[0];
  const frames = sightings.length === 1 ? (first?.frames ?? []) : sightings.flatMap((seen) => seen.frames);
  const ipFragments = sightings.reduce((most, seen) => Math.max(most, seen.ipFragments), 1);
  return {
    frames: frames.map(frameNumber),
    ...(context.severalFiles ? { captures: frames.map(frameCapture) } : {}),
    time: first === undefined ? null : timeText(first.time, first.nanos, context),
    bytes: first?.bytes ?? 0,
    length: message.header.length,
    tries,
    sourcePort: first?.source.port ?? 0,
    destinationPort: first?.destination.port ?? 0,
    ipFragments,
    ikeFragments: fragments === null ? null : { total: fragments.total, seen: [...fragments.seen.keys()] },
  };
}

/** A finding as an item of the report. */
export function reportedFinding(finding: Finding, context: JsonContext) {
  const evidence = finding.evidence.map(({ frame, time, nanos, text }) => ({
    ...frameJson(frame, context),
    time: timeText(time, nanos, context),
    text,
  }));
  return findingJson(finding, evidence);
}
