import type { FrameRef } from "../bytes/frame.js";
import type { IkeMessage } from "../ike/message.js";
import type { KeyRing } from "../secrets/key.js";
import type { MessageOpener } from "../session/intake/openers.js";
import type { Sighting } from "../session/model.js";
import type { OpenedMessage, OpenedSession, OpenedStream } from "../session/model/opened.js";
import { StreamOpener } from "./esp-opener.js";
import { EspSaTable } from "./esp-sa-table.js";
import { type IkeSaV2, ikeSaText } from "./ike-sa-v2.js";
import { KeyAccounts } from "./key-account.js";
import { indexKeys } from "./key-index.js";
import type { CryptoProvider } from "./provider.js";
import type { SaltlessKey } from "./saltless.js";
import { V1Opener } from "./v1-opener.js";
import { V2Opener } from "./v2-opener.js";

/** Opened content that is kept for the judgement, bytes; what comes later is shown and not kept. */
const MOST_KEPT_BYTES = 64 * 1024 * 1024;
/** Bytes that an opened message takes beside its content. */
const ENTRY_BYTES = 200;
/** Child SAs that are remembered of those whose keys cannot be derived. */
const MOST_UNDERIVABLE = 256;

interface Underivable {
  readonly sa: string;
  readonly reason: "SK_d" | "PFS";
  readonly spis: readonly number[];
}

/** Opens what the keys of a ring open, of one reading of a capture. */
export class Opener implements MessageOpener, OpenedSession {
  readonly accounts = new KeyAccounts();
  readonly esp: StreamOpener;
  readonly #v2: V2Opener;
  readonly #v1: V1Opener;
  readonly #opened = new Map<FrameRef, OpenedMessage>();
  readonly #underivable: Underivable[] = [];
  #room = MOST_KEPT_BYTES;
  #notKept = 0;

  constructor(ring: KeyRing, provider: CryptoProvider) {
    const keys = indexKeys(ring);
    const table = new EspSaTable(keys.esp, this.accounts);
    this.esp = new StreamOpener(provider, table, this.accounts);
    this.#v1 = new V1Opener(keys, this.accounts, provider, table);
    this.#v2 = new V2Opener(keys, this.accounts, {
      provider,
      esp: table,
      shared: keys.shared,
      underivable: (sa, reason, spis) => this.#noteUnderivable(sa, reason, spis),
    });
  }

  message(message: IkeMessage, bytes: Uint8Array, sighting: Sighting): OpenedMessage | null {
    const { majorVersion } = message.header;
    const opened =
      majorVersion === 2
        ? this.#v2.message(message, bytes)
        : majorVersion === 1
          ? this.#v1.message(message, sighting)
          : null;
    if (opened !== null) this.#keep(sighting, opened);
    return opened;
  }

  /** The opened part of the message whose first frame that is; null if nothing was opened, or it is no longer kept. */
  of(frame: FrameRef): OpenedMessage | null {
    return this.#opened.get(frame) ?? null;
  }

  foreignTo(frame: FrameRef): string | null {
    return this.#v1.foreignTo(frame);
  }

  streamOf(spi: number, source: string, destination: string): OpenedStream | null {
    return this.esp.streamOf(spi, source, destination);
  }

  /** Messages that were opened and not kept for want of room. */
  get notKept(): number {
    return this.#notKept;
  }

  /** IKE SAs with Child SAs that have no keys and whose keys cannot be derived, and what is missing, once each. */
  underivable(): ReadonlyMap<string, "SK_d" | "PFS"> {
    const missing = new Map<string, "SK_d" | "PFS">();
    for (const { sa, reason, spis } of this.#underivable) {
      if (!spis.some((spi) => this.esp.hasKeys(spi))) missing.set(sa, reason);
    }
    return missing;
  }

  /** Keys of AES-GCM that lack nothing but their salts, with messages to search them by. */
  saltless(): SaltlessKey[] {
    return this.#v2.saltless.all();
  }

  knowsIkeSa(spis: string): boolean {
    return this.#v2.knows(spis);
  }

  knowsPhase1(cookie: string): boolean {
    return this.#v1.knows(cookie);
  }

  #keep({ frames }: Sighting, opened: OpenedMessage): void {
    const frame = frames[0];
    if (frame === undefined || this.#opened.has(frame)) return;
    const bytes = opened.plain.length + ENTRY_BYTES;
    if (bytes > this.#room) {
      this.#notKept++;
      return;
    }
    this.#room -= bytes;
    this.#opened.set(frame, opened);
  }

  #noteUnderivable(sa: IkeSaV2, reason: Underivable["reason"], spis: readonly number[]): void {
    if (this.#underivable.length < MOST_UNDERIVABLE)
      this.#underivable.push({ sa: ikeSaText(sa), reason, spis });
  }
}
