import { frameCapture, frameNumber } from "../../bytes/frame.js";
import { describeProblem } from "../../bytes/problem.js";
import { isoTime } from "../../bytes/time.js";
import { describePayload } from "../../ike/describe/payload.js";
import { exchangeName } from "../../ike/registries/exchanges.js";
import { payloadName } from "../../ike/registries/payload-types.js";
import type { SeenMessage } from "../../session/transmission.js";
import type { MalformedMessage } from "../../session/model.js";
import { directionOf } from "./attributes.js";
import type { DecodeContext } from "./line.js";
import { openedJson } from "./opened.js";

/** One message as an object, for NDJSON. */
export function messageJson(seen: SeenMessage, context: DecodeContext) {
  const { message, sighting } = seen;
  const { header, payloads, problem, available } = message;
  const version = header.majorVersion === 1 ? 1 : 2;
  return {
    frames: sighting.frames.map(frameNumber),
    ...(sighting.framesLeftOut === undefined ? {} : { framesLeftOut: sighting.framesLeftOut }),
    ...captureOf(sighting.frames[0] ?? 0, context),
    time: isoTime(sighting.time, sighting.nanos === 0 ? undefined : sighting.nanos),
    source: sighting.source,
    destination: sighting.destination,
    version: `${header.majorVersion}.${header.minorVersion}`,
    exchange: exchangeName(header.majorVersion, header.exchangeType),
    exchangeType: header.exchangeType,
    direction: directionOf(header),
    flags: header.flags,
    messageId: header.messageId,
    initiatorSpi: header.initiatorSpi,
    responderSpi: header.responderSpi,
    length: header.length,
    captured: available,
    payloads: payloads.map((payload) => ({
      type: payload.type,
      name: payloadName(version, payload.type),
      offset: payload.offset,
      length: payload.length,
      critical: payload.critical,
      fields: describePayload(payload, version, seen.bytes),
    })),
    ...(seen.opened === undefined ? {} : { opened: openedJson(seen.opened) }),
    problem: problem === null ? null : { ...problem, text: describeProblem(problem) },
  };
}

/** The object of a datagram that is no IKE message at all. */
export function malformedJson(
  { frame, time, source, destination, reason }: MalformedMessage,
  context: DecodeContext,
) {
  return {
    frames: [frameNumber(frame)],
    ...captureOf(frame, context),
    time: isoTime(time),
    source,
    destination,
    payloads: [],
    problem: { text: reason },
  };
}

function captureOf(frame: number, { files }: DecodeContext) {
  return files.length > 1 ? { capture: frameCapture(frame) } : {};
}
