import { addressBytes } from "../../bytes/address.js";
import type { LogLine } from "../lines/line.js";
import type { Endpoint, EventKind, HostEvent, MessageNote, Source } from "../record.js";
import { safeText } from "../secrets.js";
import type { Found } from "../template.js";
import { CHARON_MESSAGES } from "./messages.js";

/** Threads of which is remembered what they said last; charon has 16, and a hostile log any number. */
const MOST_THREADS = 256;

/** An exchange as a line beside that of the packet names it. */
interface Named {
  readonly exchange: string;
  readonly messageId: number;
  readonly response: boolean;
  readonly payloads: string | null;
}

/** Events of charon's log. Lines of one thread belong together: "generating" before "sending", "parsed" after "received". */
export class CharonLog {
  /** By thread; -1 where the lines tell none. */
  readonly #generated = new Map<number, Named>();
  readonly #received = new Map<number, MessageNote>();

  /** Whether the message is one of charon's without a doubt, for lines that nothing else marks as its own. */
  static knows(message: string): boolean {
    return CHARON_MESSAGES.find(message.trim()) !== null;
  }

  /** The event of a line; null where it tells nothing. */
  event(line: LogLine, source: Source): HostEvent | null {
    const message = line.message.trim();
    const row = CHARON_MESSAGES.find(message);
    if (row === null) return null;
    const thread = line.thread ?? -1;
    const { kind, cause } = row.value;
    const { found } = row;
    if (kind === null) {
      this.#name(message, found, thread);
      return null;
    }
    const note = this.#note(kind, found, thread);
    return {
      source,
      stamp: line.stamp,
      writtenTime: line.stampText,
      kind,
      cause,
      daemon: "charon",
      thread: line.thread,
      ikeName: line.ikeName,
      ikeId: line.ikeId,
      childName: valueOf(found, "child"),
      reqid: numberOf(valueOf(found, "reqid")),
      spiIn: spiOf(valueOf(found, "in")),
      spiOut: spiOf(valueOf(found, "out")),
      message: note,
      addresses: addressesOf(found),
      text: safeText(message),
    };
  }

  #name(message: string, found: readonly Found[], thread: number): void {
    const exchange = valueOf(found, "exchange");
    const messageId = numberOf(valueOf(found, "id"));
    if (exchange === null || messageId === null) return;
    const payloads = valueOf(found, "payloads")?.trim() ?? null;
    const named = { exchange, messageId, response: message.includes(" response "), payloads };
    if (message.startsWith("generating")) {
      if (this.#generated.size >= MOST_THREADS) this.#generated.clear();
      this.#generated.set(thread, named);
      return;
    }
    const received = this.#received.get(thread);
    if (received === undefined) return;
    Object.assign(received, named);
    this.#received.delete(thread);
  }

  #note(kind: EventKind, found: readonly Found[], thread: number): MessageNote | null {
    if (kind !== "sent" && kind !== "received") return null;
    const named = kind === "sent" ? this.#generated.get(thread) : undefined;
    const note: MessageNote = {
      out: kind === "sent",
      from: endpointOf(valueOf(found, "from")),
      to: endpointOf(valueOf(found, "to")),
      length: numberOf(valueOf(found, "length")),
      exchange: named?.exchange ?? null,
      messageId: named?.messageId ?? null,
      response: named?.response ?? null,
      payloads: named?.payloads ?? null,
    };
    if (kind === "received" && note.length !== null) {
      if (this.#received.size >= MOST_THREADS) this.#received.clear();
      this.#received.set(thread, note);
    }
    return note.length === null ? null : note;
  }
}

export function valueOf(found: readonly Found[], name: string): string | null {
  return found.find((value) => value.name === name)?.text ?? null;
}

export function numberOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}

/** An SPI in hexadecimal, with or without 0x. */
export function spiOf(text: string | null): number | null {
  return text === null ? null : Number.parseInt(text.replace(/^0x/, ""), 16);
}

/** "192.0.2.1[500]"; null where the address is none. */
function endpointOf(text: string | null): Endpoint | null {
  const match = /^(.*)\[(\d+)\]$/.exec(text ?? "");
  const address = match?.[1] ?? "";
  return match === null || addressBytes(address) === null ? null : { address, port: Number(match[2]) };
}

export function addressesOf(found: readonly Found[]): string[] {
  return found.flatMap(({ place, text }) => {
    const address =
      place === "address" || place === "party" || place === "endpoint"
        ? text.replace(/\[.*$/, "")
        : place === "colonpoint"
          ? text.replace(/:(?:UDP\/|TCP\/)?\d+$/, "").replaceAll(/[[\]]/g, "")
          : null;
    return address !== null && addressBytes(address) !== null ? [address] : [];
  });
}
