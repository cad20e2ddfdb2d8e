import type { NotifyCount } from "../../live/snapshot.js";
import { LabelSlots, OTHER } from "./label-slots.js";
import type { Sample } from "./metric.js";
import { Tally } from "./tally.js";

/** The registries of both versions have fewer names. */
const NAMED = 200;
/** Numbers without a name that get a series of their own; anyone can send 65,000 of them. */
const UNNAMED = 20;

const IS_NUMBER = /^(?:UNASSIGNED_|PRIVATE_USE_)?\d+$/;

/** Gives notify types their labels: those with a name their name, of the others the first few their number. */
export class NotifyLabels {
  readonly #named = new LabelSlots(NAMED);
  readonly #unnamed = new LabelSlots(UNNAMED);

  /** The counts by version and type. The type that is counted most comes first to a free label. */
  samples(notifies: readonly NotifyCount[]): readonly Sample[] {
    const tally = new Tally();
    for (const notify of notifies.toSorted((a, b) => b.count - a.count)) {
      tally.add({ ike_version: String(notify.version), type: this.#labelOf(notify) }, notify.count);
    }
    return tally.samples();
  }

  #labelOf({ version, type, name }: NotifyCount): string {
    const isNumber = IS_NUMBER.test(name);
    const slots = isNumber ? this.#unnamed : this.#named;
    // A type means something else in the other version, so each takes a slot.
    const label = isNumber ? String(type) : name;
    return slots.labelOf(`${version} ${label}`) === OTHER ? OTHER : label;
  }
}
