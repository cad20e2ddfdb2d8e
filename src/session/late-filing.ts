import type { Address } from "../bytes/address.js";
import { isOpeningRequest } from "../ike/opening.js";
import type { IkeSaIndex } from "./ike-sa-index.js";
import type { RecentMessages } from "./recent-messages.js";
import { roleOf } from "./role.js";
import type { SeenMessage } from "./transmission.js";
import type { TunnelTable } from "./tunnel-table.js";
import type { UnfiledOpening } from "./unfiled-openings.js";

/**
 * Files the first message of one of very many strangers when somebody asks for its tunnel or its IKE SA, as if that had been done when it
 * came: of a flood of forged addresses nearly none is ever asked for.
 */
export class LateFiling {
  readonly #tunnels: TunnelTable;
  readonly #sas: IkeSaIndex;
  readonly #recent: RecentMessages;

  constructor(tunnels: TunnelTable, sas: IkeSaIndex, recent: RecentMessages) {
    this.#tunnels = tunnels;
    this.#sas = sas;
    this.#recent = recent;
  }

  /** Whether nothing waits to be filed. */
  get isEmpty(): boolean {
    return this.#tunnels.unfiled.size === 0;
  }

  /** Keeps the message of an IKE SA that is not known for later; false where it is to be filed now. */
  keeps(seen: SeenMessage): boolean {
    const isPlain = seen.joinedFrom === undefined && seen.opened === undefined;
    if (!isPlain || !isOpeningRequest(seen.bytes) || !this.#tunnels.mayWait(seen)) return false;
    return this.#tunnels.keepUnfiled(seen, () => ({
      ikeSa: this.#sas.nextNumber(),
      recent: this.#recent.add(seen, null),
    }));
  }

  /** Files what waits of the IKE SA with this initiator SPI. */
  fileOf(initiatorSpi: string): void {
    if (!this.isEmpty) this.#file(this.#tunnels.unfiled.takeOf(initiatorSpi));
  }

  /** Files what waits of these two peers. */
  fileBetween(one: Address, other: Address): void {
    const { unfiled } = this.#tunnels;
    if (!this.isEmpty) this.#file(unfiled.takeSent(one, other) ?? unfiled.takeSent(other, one));
  }

  fileAll(): void {
    for (const opening of this.#tunnels.unfiled.takeAll()) this.#file(opening);
  }

  #file(opening: UnfiledOpening | null): void {
    if (opening === null) return;
    const { seen, numbers } = opening;
    const { source, destination, time } = seen.sighting;
    const tunnel = this.#tunnels.filed(source.address, destination.address, numbers.tunnel);
    const known = this.#sas.begin(seen, tunnel, numbers.ikeSa);
    tunnel.seenAt(time);
    this.#tunnels.heard(tunnel, source.address);
    this.#recent.filed(numbers.recent, tunnel);
    known.add(seen, roleOf(seen, known, tunnel));
  }
}
