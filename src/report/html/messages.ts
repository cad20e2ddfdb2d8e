import { type DecodeProblem, describeProblem } from "../../bytes/problem.js";
import type { Field } from "../../ike/describe/field.js";
import { describeHeader } from "../../ike/describe/header.js";
import { describePayload } from "../../ike/describe/payload.js";
import type { IkeMessage, Payload } from "../../ike/message.js";
import { exchangeName } from "../../ike/registries/exchanges.js";
import { payloadName } from "../../ike/registries/payload-types.js";
import type { OpenedMessage } from "../../session/model/opened.js";
import { openedPayloads } from "../../session/opened.js";
import { isContentLeftOut } from "../../session/log/record/message.js";
import { faultMessage } from "../../session/decode-fault.js";
import { listed, say, verbatim } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import { openedMark } from "../decode/opened.js";
import type { PageField, PageMessage } from "./page-ladder.js";

/** Characters of all decoded messages together: a page of many tunnels must stay one that can be mailed. */
const ROOM = 1_500_000;

/** The decoded messages of a page, each once however often it was sent, as long as there is room. */
export class PageMessages {
  readonly all: PageMessage[] = [];
  readonly #known = new Map<IkeMessage, number>();
  readonly #texts: Texts;
  #room = ROOM;

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  /** Index of a message among `all`; null where there is no room for it. */
  indexOf(message: IkeMessage): number | null {
    const known = this.#known.get(message);
    if (known !== undefined) return known;
    if (this.#room <= 0) return null;
    const page = pageMessage(message, this.#texts);
    this.#room -= JSON.stringify(page).length;
    this.#known.set(message, this.all.length);
    return this.all.push(page) - 1;
  }
}

/**
 * A message as its tree of fields, whose names and values are those of the RFCs in every language; with the bytes that it was
 * decoded from, each field says where it stands in them.
 */
export function pageMessage(message: IkeMessage, texts: Texts, bytes: Uint8Array | null = null): PageMessage {
  const { header, payloads, problem } = message;
  const version = header.majorVersion === 1 ? 1 : 2;
  const fieldsOf = (fields: readonly Field[]): PageField[] =>
    fields.map((field) => pageField(field, bytes !== null));
  return {
    title: `IKEv${header.majorVersion} ${exchangeName(header.majorVersion, header.exchangeType)}`,
    fields: [
      {
        name: "Header",
        value: texts.of(say`${header.length} bytes`),
        fields: fieldsOf(describeHeader(message)),
      },
      ...payloads.map((payload) => ({
        name: `${payloadName(version, payload.type)} (${payload.type})`,
        value: sizeText(payload, texts),
        ...(bytes === null ? {} : { at: payload.offset, length: payload.length }),
        fields: fieldsOf(withoutZeros(describePayload(payload, version, bytes), payload, texts)),
      })),
      ...(problem === null ? [] : [malformedField(problem, texts)]),
    ],
  };
}

/** The fields, with words in place of a content that was not kept. */
function withoutZeros(fields: readonly Field[], payload: Payload, texts: Texts): readonly Field[] {
  if (!isContentLeftOut(payload)) return fields;
  return fields.map((field) =>
    ZEROS.test(field.value)
      ? { ...field, value: texts.of(say`${field.length ?? 0} bytes, not kept for the report`) }
      : field,
  );
}

const ZEROS = /^(?:00)+(?:\u2026|$)/;

/** The opened part of a message; its fields stand in the plaintext, not in the bytes of the message. */
export function openedField(opened: OpenedMessage, texts: Texts): PageField {
  const { version, plain } = opened;
  const { payloads, problem } = openedPayloads(opened);
  return {
    name: "Decrypted",
    value: texts.of(listed([say`${plain.length} bytes`, openedMark(opened)])),
    fields: [
      ...payloads.map((payload) => ({
        name: `${payloadName(version, payload.type)} (${payload.type})`,
        value: sizeText(payload, texts),
        fields: describePayload(payload, version, plain).map((field) => pageField(field, false)),
      })),
      ...(problem === null ? [] : [malformedField(problem, texts)]),
    ],
  };
}

function sizeText({ length, critical }: Payload, texts: Texts): string {
  const size = say`${length} bytes`;
  return texts.of(critical ? listed([size, verbatim("critical")]) : size);
}

function malformedField(problem: DecodeProblem, texts: Texts): PageField {
  return { name: "Malformed", value: texts.of(faultMessage(describeProblem(problem))) };
}

function pageField({ name, value, offset, length, children = [] }: Field, isPlaced: boolean): PageField {
  return {
    name,
    value,
    ...(isPlaced && offset !== undefined && length !== undefined ? { at: offset, length } : {}),
    ...(children.length === 0 ? {} : { fields: children.map((child) => pageField(child, isPlaced)) }),
  };
}
