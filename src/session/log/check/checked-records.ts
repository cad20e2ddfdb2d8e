import type { Role, Sighting } from "../../model.js";
import type { GivenUp } from "../given-up.js";
import { ExchangeHead, FLAG, type Side } from "../record/head.js";
import { PackedRecords } from "../record/records.js";
import { ALIKE, foldChecks } from "./fold.js";
import { CHECK_RECORD, markAlike, writeAnswered, writeAsked } from "./record.js";
import { CHECK_RECORD_V1, writeCheckV1 } from "./record-v1.js";
import { fitsCheck, type SealedMessage } from "./side.js";

/** A shape that no check has. */
const LIKE_NONE = -1;

/**
 * Packed exchanges to which liveness checks are added as they come, without an exchange that is opened for them: most messages of a
 * long life are such. Of those that are alike only the first and the newest ones stay.
 */
export abstract class CheckedRecords extends PackedRecords {
  /** Exchanges that are kept, open ones included. */
  protected keptCount = 0;
  /** Order of the exchange that begins next. */
  protected nextOrder = 0;
  /** Order of the newest exchange that is packed; -1 for none. */
  protected newestPacked = -1;
  /** Counters of what is not kept any more. */
  protected lost: GivenUp | null = null;
  /** The place of the check that was asked last and may be answered next; -1 for none. */
  #asked = -1;
  /** Packed checks that are alike, and what the last check was like. */
  #alike = 0;
  #shape = LIKE_NONE;

  /** Counts one exchange more; others may have to make room for it. */
  protected abstract countOne(): void;

  /** Files the request of a liveness check. False where that cannot be; then nothing was done. */
  checkAsked(messageId: number, startedBy: Role, responderSpi: string, request: SealedMessage): boolean {
    if (!this.isResponderSpi(responderSpi) || !fitsCheck(request, this)) return false;
    const order = this.nextOrder++;
    this.countOne();
    const at = this.makeRoom(CHECK_RECORD);
    writeAsked(this.bytes, at, { order, messageId, startedBy }, request, this);
    this.#asked = at;
    this.newestPacked = order;
    return true;
  }

  /** Files the answer to the check that was asked last; false where it answers another one. */
  checkAnswered(messageId: number, startedBy: Role, response: SealedMessage): boolean {
    const at = this.#asked;
    if (at < 0 || !fitsCheck(response, this)) return false;
    const { bytes } = this;
    const head = new ExchangeHead(bytes, at);
    if (head.messageId !== messageId || head.startedBy !== startedBy) return false;
    const shape = writeAnswered(bytes, at, response, this);
    this.#asked = -1;
    if (shape === this.#shape) this.#isAlike(at);
    this.#shape = shape;
    return true;
  }

  /** Files an encrypted INFORMATIONAL of IKEv1 in the same way; its bytes are not those of any message that is kept. */
  checkV1(
    messageId: number,
    startedBy: Role,
    responderSpi: string,
    sealed: SealedMessage & { readonly digest: number },
  ): boolean {
    if (!this.isResponderSpi(responderSpi) || !fitsCheck(sealed, this)) return false;
    const order = this.nextOrder++;
    this.countOne();
    const at = this.makeRoom(CHECK_RECORD_V1);
    writeCheckV1(this.bytes, at, { order, messageId, startedBy }, sealed, this);
    this.newestPacked = order;
    this.digests?.add(sealed.digest);
    return true;
  }

  #isAlike(at: number): void {
    markAlike(this.bytes, at);
    if (++this.#alike <= ALIKE.most) return;
    const { givenUp, checks } = foldChecks(this, this.lost);
    this.lost = givenUp;
    this.#alike -= checks;
    this.keptCount -= checks;
  }

  protected override countRepeat(at: number, side: Side, sighting: Sighting): number | null {
    const grown = super.countRepeat(at, side, sighting);
    if (grown !== null && this.#asked > at) this.#asked += grown;
    return grown;
  }

  protected override removeRecord(at: number): void {
    if ((new ExchangeHead(this.bytes, at).flags & FLAG.alike) !== 0) this.#alike--;
    super.removeRecord(at);
    // The records behind it have other places now.
    this.#asked = -1;
  }

  protected override releaseRecords(): void {
    super.releaseRecords();
    this.#asked = -1;
  }
}
