import { describeProblem } from "../../bytes/problem.js";
import { describePayload, summarizePayload } from "../../ike/describe/payload.js";
import { payloadName } from "../../ike/registries/payload-types.js";
import type { OpenedMessage } from "../../session/model/opened.js";
import { type Message, say, verbatim } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import { malformedMark } from "./malformed-mark.js";
import { openedPayloads } from "../../session/opened.js";

/** "opened with alice.charon.log line 1042": the mark of everything that only keys show. */
export function openedMark({ by }: OpenedMessage): Message {
  return say`opened with ${verbatim(by)}`;
}

/** The text of an opened message behind its token: the payloads inside, and the mark. */
export function openedText(opened: OpenedMessage, texts: Texts): string {
  const { payloads, problem } = openedPayloads(opened);
  const tokens = payloads.map((payload) => summarizePayload(payload, opened.version));
  if (payloads.length === 0) tokens.push(texts.of("no payload"));
  if (problem !== null) tokens.push(malformedMark(describeProblem(problem), texts));
  return `{ ${tokens.join(" ")} } [${texts.of(openedMark(opened))}]`;
}

/** The same as an object; offsets count from the start of the plaintext. */
export function openedJson(opened: OpenedMessage) {
  const { version, plain } = opened;
  const { payloads, problem } = openedPayloads(opened);
  return {
    by: opened.by,
    length: plain.length,
    payloads: payloads.map((payload) => ({
      type: payload.type,
      name: payloadName(version, payload.type),
      offset: payload.offset,
      length: payload.length,
      critical: payload.critical,
      fields: describePayload(payload, version, plain),
    })),
    problem: problem === null ? null : { ...problem, text: describeProblem(problem) },
  };
}
