import { toHex } from "../bytes/hex.js";
import { icvLengthOf } from "../ike/cipher-sizes.js";
import { loggedEncryption, loggedIntegrity } from "./algorithm-names.js";
import { ByteDump } from "./byte-dump.js";
import { type KeyCollector, type KeyParser, sourceMaker } from "./collector.js";
import { isCombined } from "./esp-algorithms.js";
import type { KeySource } from "./key.js";
import type { SecretBytes } from "./secret-bytes.js";

/** Headings of dumps that hold what is needed, and near by the SPIs of the IKE SA. */
const HEADING =
  /(?:^|[\s>"])(Sk_(?:d|ai|ar|ei|er|pi|pr) secret|shared (?:Diffie Hellman|key exchange) secret|DH secret|SKEYID(?:_[dae])?|encryption key Ka|initial IV|encryption (?:initiator|responder) key|integrity (?:initiator|responder) key|natd_chunk) => (\d+) bytes @ 0x/i;
const ROW = /(?:^|\s)(\d{1,5}): ((?:[0-9A-F]{2} ){0,15}[0-9A-F]{2})(?:\s|$)/;
const THREAD = /(?:^|\s)(\d\d)\[[A-Z]{3}\d?\]/;
const USING = /using (\w+) for (encryption|integrity)/;
const SPI_LINE = /\bSPI (0x[0-9a-f]{1,8}), src ([0-9a-f.:]+) dst ([0-9a-f.:]+)/i;

/** SPIs of an IKE SA stand at the front of what its NAT detection hashes cover (RFC 7296 2.23). */
const NATD_SPI_BYTES = 8;
const NATD_LENGTHS: readonly number[] = [22, 34];
/** A log names them 01 to 99; logs without threads have one. */
const MOST_THREADS = 128;

/** Secrets of one thread until the set of them is whole. */
interface Thread {
  dump: { readonly name: string; readonly source: KeySource; readonly bytes: ByteDump } | null;
  nearSpi: string | null;
  v2: { readonly source: KeySource; readonly secrets: Map<string, SecretBytes> } | null;
  v1: { readonly source: KeySource; readonly secrets: Map<string, SecretBytes> } | null;
  child: Child;
}

interface Child {
  source: KeySource | null;
  readonly secrets: Map<string, SecretBytes>;
  encryption: string | null;
  integrity: string | null;
}

/**
 * A log of strongSwan's charon with ike = 4 and chd = 4: hex dumps under headings, interleaved where threads log at the same
 * time. IKE keys have no SPI beside them; what NAT detection hashed a moment before begins with it.
 */
export function charonLog(file: string, into: KeyCollector): KeyParser {
  const reader = new CharonReader(file, into);
  return { line: (text, number) => reader.line(text, number), end: () => reader.end() };
}

class CharonReader {
  readonly #into: KeyCollector;
  readonly #sourceAt: (line: number) => KeySource;
  readonly #threads = new Map<string, Thread>();

  constructor(file: string, into: KeyCollector) {
    this.#into = into;
    this.#sourceAt = sourceMaker(file, "charon log");
  }

  line(text: string, number: number): void {
    // Logs in JSON have a dump's rows in one string.
    if (text.startsWith("{") && text.includes("\\n")) {
      for (const part of text.split("\\n")) this.#take(part, number);
    } else this.#take(text, number);
  }

  end(): void {
    for (const thread of this.#threads.values()) {
      this.#settleDump(thread);
      this.#settleV2(thread);
      this.#settleV1(thread);
    }
    this.#threads.clear();
  }

  #take(text: string, number: number): void {
    const heading = HEADING.exec(text);
    if (heading !== null) {
      const thread = this.#thread(text);
      if (thread === null) return;
      this.#settleDump(thread);
      const [, name = "", length = ""] = heading;
      thread.dump = {
        name: name.toLowerCase(),
        source: this.#sourceAt(number),
        bytes: new ByteDump(Number(length)),
      };
      return;
    }
    const name = THREAD.exec(text)?.[1] ?? "";
    const thread = this.#threads.get(name) ?? (USING.test(text) ? this.#thread(text) : null);
    if (thread === null) return;
    const row = thread.dump === null ? null : ROW.exec(text);
    if (row !== null && thread.dump !== null) {
      thread.dump.bytes.row(row[2] ?? "", Number(row[1]));
      if (thread.dump.bytes.isWhole) this.#settleDump(thread);
      return;
    }
    this.#settleDump(thread);
    this.#childLine(text, thread);
  }

  #thread(text: string): Thread | null {
    const name = THREAD.exec(text)?.[1] ?? "";
    const known = this.#threads.get(name);
    if (known !== undefined) return known;
    if (this.#threads.size >= MOST_THREADS) return null;
    const thread: Thread = { dump: null, nearSpi: null, v2: null, v1: null, child: newChild() };
    this.#threads.set(name, thread);
    return thread;
  }

  #settleDump(thread: Thread): void {
    const { dump } = thread;
    if (dump === null) return;
    thread.dump = null;
    const secret = dump.bytes.secret();
    if (dump.name === "natd_chunk") {
      if (secret !== null && NATD_LENGTHS.includes(secret.length)) {
        // SPIs travel in clear.
        thread.nearSpi = toHex(secret.reveal(), 0, NATD_SPI_BYTES);
      }
      return;
    }
    if (secret === null) {
      this.#into.fault(dump.source, `the dump of "${dump.name}" is cut`);
      return;
    }
    this.#secret(thread, dump.name, dump.source, secret);
  }

  #secret(thread: Thread, name: string, source: KeySource, secret: SecretBytes): void {
    if (name.startsWith("shared ") || name === "dh secret") {
      this.#into.key({ kind: "shared secret", source, secret });
    } else if (name.startsWith("sk_")) {
      if (name === "sk_d secret") this.#settleV2(thread);
      thread.v2 ??= { source, secrets: new Map() };
      thread.v2.secrets.set(name.slice(3, -7), secret);
      if (name === "sk_pr secret") this.#settleV2(thread);
    } else if (/^(skeyid|encryption key ka|initial iv)/.test(name)) {
      if (name === "skeyid") this.#settleV1(thread);
      thread.v1 ??= { source, secrets: new Map() };
      thread.v1.secrets.set(name, secret);
      if (name === "initial iv") this.#settleV1(thread);
    } else {
      if (name === "encryption initiator key") thread.child.secrets.clear();
      thread.child.source ??= source;
      if (name === "encryption initiator key") thread.child.source = source;
      thread.child.secrets.set(name, secret);
    }
  }

  #settleV2(thread: Thread): void {
    const { v2 } = thread;
    thread.v2 = null;
    if (v2 === null) return;
    const secret = (name: string): SecretBytes | null => v2.secrets.get(name) ?? null;
    this.#into.key({
      kind: "ikev2",
      source: v2.source,
      spis: null,
      nearSpi: thread.nearSpi,
      suite: null,
      skD: secret("d"),
      skAi: secret("ai"),
      skAr: secret("ar"),
      skEi: secret("ei"),
      skEr: secret("er"),
    });
    thread.nearSpi = null;
  }

  #settleV1(thread: Thread): void {
    const { v1 } = thread;
    thread.v1 = null;
    if (v1 === null) return;
    const secret = (name: string): SecretBytes | null => v1.secrets.get(name) ?? null;
    this.#into.key({
      kind: "ikev1",
      source: v1.source,
      cookie: null,
      nearSpi: thread.nearSpi,
      cipherKey: secret("encryption key ka"),
      skeyidD: secret("skeyid_d"),
      skeyidA: secret("skeyid_a"),
      initialIv: secret("initial iv"),
    });
  }

  #childLine(text: string, thread: Thread): void {
    const using = USING.exec(text);
    if (using !== null) {
      if (using[2] === "encryption") thread.child = { ...newChild(), encryption: using[1] ?? null };
      else thread.child.integrity = using[1] ?? null;
      return;
    }
    const spi = SPI_LINE.exec(text);
    if (spi !== null) this.#childKeys(thread.child, spi);
  }

  /** The line names one of both SAs, not which end's key is its: both are taken, and what opens the packets decides. */
  #childKeys(child: Child, [, spi = "", from = "", to = ""]: RegExpExecArray): void {
    const { source } = child;
    const encryption = loggedEncryption(child.encryption ?? "");
    const check = child.integrity === null ? 0 : loggedIntegrity(child.integrity);
    if (source === null) return;
    if (encryption === null || check === null) {
      this.#into.fault(source, "the algorithms of the Child SA are not named near by, or not known");
      return;
    }
    const integrity =
      isCombined(encryption) || check === 0
        ? { id: 0, icvLength: 0 }
        : { id: check, icvLength: icvLengthOf(check) ?? 0 };
    for (const end of ["initiator", "responder"]) {
      const cipherKey = child.secrets.get(`encryption ${end} key`);
      if (cipherKey === undefined) continue;
      this.#into.key({
        kind: "esp",
        source,
        spi: Number(spi),
        from,
        to,
        encryption,
        cipherKey,
        integrity,
        integrityKey: child.secrets.get(`integrity ${end} key`) ?? null,
        esn: null,
        oneOfTwo: true,
      });
    }
  }
}

function newChild(): Child {
  return { source: null, secrets: new Map(), encryption: null, integrity: null };
}
