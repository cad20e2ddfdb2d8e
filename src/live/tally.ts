import { notifyName } from "../ike/registries/notify.js";
import type { IkeMessage } from "../ike/message.js";
import type { NotifyCount } from "./snapshot.js";

/** Notify types that are told apart: a forger can make up tens of thousands. */
const TYPES = 512;

/** Counts messages by what they say, since the program began. */
export class Tally {
  retransmissions = 0;
  malformed = 0;
  judgements = 0;
  readonly #notifies = new Map<number, number>();

  message({ header, payloads }: IkeMessage): void {
    const version = header.majorVersion === 1 ? 1 : 2;
    for (const payload of payloads) {
      if (payload.kind !== "notify") continue;
      const key = version * 65_536 + payload.notifyType;
      const count = this.#notifies.get(key);
      if (count !== undefined) this.#notifies.set(key, count + 1);
      else if (this.#notifies.size < TYPES) this.#notifies.set(key, 1);
    }
  }

  notifies(): NotifyCount[] {
    return [...this.#notifies].map(([key, count]) => {
      const version = key < 2 * 65_536 ? 1 : 2;
      const type = key % 65_536;
      return { version, type, name: notifyName(version, type), count };
    });
  }
}
