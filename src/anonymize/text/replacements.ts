import { addressBytes } from "../../bytes/address.js";
import { toHex } from "../../bytes/hex.js";
import type { Found } from "../../evidence/template.js";
import { AddressMap } from "../addresses.js";
import { Identifiers } from "../identifiers.js";
import { Keyed } from "../keyed.js";

/** Reasons of failed system calls, in words that come from the C library only. */
const SYSTEM_REASONS = new Set([
  "Operation not permitted",
  "No such file or directory",
  "No such process",
  "Input/output error",
  "Permission denied",
  "File exists",
  "Invalid argument",
  "Network is unreachable",
  "No route to host",
  "Cannot assign requested address",
  "No buffer space available",
  "Message too long",
  "Connection refused",
  "Protocol not supported",
  "Function not implemented",
  "Operation not supported",
  "Cannot allocate memory",
  "Resource temporarily unavailable",
  "pre-shared key",
]);
/** Stands for words that nobody has looked at. */
const LEFT_OUT = "...";

/**
 * Replaces values in text by those that the same key gives in a capture (see AnonymizedSource): addresses, SPIs in all their
 * spellings, identities. Each method gives null for a value that is not what it should be, and so may not be passed on.
 */
export class TextReplacements {
  readonly #addresses: AddressMap;
  readonly #identifiers: Identifiers;

  /** `key` is kept secret: who has it can find out what was replaced. */
  constructor(key: Uint8Array) {
    const keyed = new Keyed(key);
    this.#addresses = new AddressMap(keyed);
    this.#identifiers = new Identifiers(keyed);
  }

  address(text: string): string | null {
    if (/^%any6?$/.test(text)) return text;
    return addressBytes(text) === null ? null : this.#addresses.text(text);
  }

  /** "192.0.2.1[500]", "192.0.2.1:500", "192.0.2.1/24", "10.0.0.1..10.0.0.9": what is no address stays. */
  addressWith(text: string): string | null {
    const match =
      /^(\[?)([0-9a-fA-F.:]*[0-9a-fA-F:])(\]?(?::(?:UDP\/|TCP\/)?\d{1,5}|\[[\w/-]{0,40}\]|\/\d{1,3}(?:\[[\w/-]{1,40}\])?)?)$/.exec(
        text,
      );
    const range = /^([0-9a-fA-F.:]{1,45})\.\.([0-9a-fA-F.:]{1,45})$/.exec(text);
    if (range !== null) {
      const [from, to] = [this.address(range[1] ?? ""), this.address(range[2] ?? "")];
      return from === null || to === null ? null : `${from}..${to}`;
    }
    const address = match === null ? null : this.address(match[2] ?? "");
    if (match !== null && address !== null) return `${match[1]}${address}${match[3]}`;
    const port = /^(.+):(\d{1,5})$/.exec(text);
    const before = port === null ? null : this.address(port[1] ?? "");
    return before === null ? null : `${before}:${port?.[2] ?? ""}`;
  }

  /** Hexadecimal with or without 0x, and as many digits as before. */
  spi(text: string): string {
    const digits = text.replace(/^0x/, "");
    const mapped = this.#identifiers.espSpi(Number.parseInt(digits, 16)).toString(16);
    return `${text.startsWith("0x") ? "0x" : ""}${mapped.padStart(digits.length, "0")}`;
  }

  decimalSpi(text: string): string {
    return String(this.#identifiers.espSpi(Number(text)));
  }

  ikeSpi(text: string): string {
    const bytes = Uint8Array.from({ length: 8 }, (_, at) =>
      Number.parseInt(text.slice(at * 2, at * 2 + 2), 16),
    );
    this.#identifiers.ikeSpi(bytes, 0);
    return toHex(bytes);
  }

  /** Names of connections and hosts; an alias "net/1x2" of pluto keeps its numbers. */
  name(text: string): string {
    const [, own = "", alias = ""] = /^(.*?)(\/\d+x\d+)?$/.exec(text) ?? [];
    return `${this.#letters(own)}${alias}`;
  }

  /** The replacement of an identity: an address is replaced as one, anything else by letters. */
  identity(text: string): string {
    if (text === "" || /^%any6?$/.test(text)) return text;
    const at = text.startsWith("@") ? "@" : "";
    return this.address(text) ?? `${at}${this.#letters(text.slice(at.length))}`;
  }

  /** The text with what stands in its places replaced; null where one of them may not be passed on. */
  places(text: string, found: readonly Found[]): string | null {
    let out = "";
    let from = 0;
    for (const value of found) {
      const replaced = this.#place(value);
      if (replaced === null) return null;
      out += text.slice(from, value.start) + replaced;
      from = value.end;
    }
    return out + text.slice(from).trimEnd();
  }

  #place({ name, place, text }: Found): string | null {
    switch (place) {
      case "endpoint":
      case "colonpoint":
        return this.addressWith(text);
      case "address":
        return this.address(text);
      case "party": {
        const [, address = "", identity = ""] = /^([^[]*)\[(.*)\]$/.exec(text) ?? [];
        const mapped = this.address(address);
        return mapped === null ? null : `${mapped}[${this.identity(identity)}]`;
      }
      case "nets":
        return this.nets(text);
      case "spi":
        return this.spi(text);
      case "ikespi":
        return this.ikeSpi(text);
      case "hex":
        return name === "spi" ? this.spi(text) : text.length > 10 ? null : text;
      case "name":
        return this.name(text);
      case "identity":
      case "bracketed":
        return this.identity(text);
      case "any":
        return SYSTEM_REASONS.has(text) || text === "" ? text : this.#pair(text);
      case "number":
        return name === "decimalspi" ? this.decimalSpi(text) : text;
      case "decimal":
      case "suite":
      case "payloads":
      case "word":
      case "exchange":
      case "age":
      case "date":
        return text;
      case "small":
        // A name of an interface may be anybody's.
        return name === "dev" ? "dev" : text;
    }
  }

  nets(text: string): string | null {
    const parts = text.split(" ").map((part) => (part.startsWith("dynamic") ? part : this.addressWith(part)));
    return parts.includes(null) ? null : parts.join(" ");
  }

  /** The SPIs of what pluto says about a pair of them, replaced; all else is left out. */
  #pair(text: string): string {
    const match = /((?:ESP|AH)[A-Z/]{0,40})=>0x([0-9a-f]{1,8}) <0x([0-9a-f]{1,8})/.exec(text);
    if (match === null) return LEFT_OUT;
    return `${match[1]}=>0x${this.spi(match[2] ?? "")} <0x${this.spi(match[3] ?? "")}`;
  }

  #letters(text: string): string {
    const bytes = new TextEncoder().encode(text);
    this.#identifiers.letters(bytes, 0, bytes.length);
    return new TextDecoder().decode(bytes);
  }
}
