import { frameRef } from "../bytes/frame.js";
import { IKE_PORT, NAT_T_PORT } from "../ike/ports.js";
import { Dissector } from "../packet/dissector.js";
import { PACKET } from "../packet/packet.js";
import { Intake } from "./intake/intake.js";
import { segmentKeyOf, segmentName } from "./intake/link-key.js";
import type { FrameInput } from "./intake/sightings.js";
import type { Place } from "./model.js";

/** A capture of more links is no two captures that were joined, and each costs an intake. */
const MOST_SEGMENTS = 8;

/**
 * What each link of one capture shows by itself: where captures of both ends were joined into one file, or a router was captured
 * on all its interfaces, as if each link had a file of its own. A link counts from its first packet of IKE, ESP or AH on.
 */
export class Segments {
  readonly #dissector = new Dissector({ onIncomplete: () => {} });
  readonly #links = new Map<number, { readonly name: string; readonly intake: Intake }>();
  #isPlain = false;

  /** Takes the next frame of the capture. */
  frame(record: FrameInput): void {
    if (this.#isPlain) return;
    const key = segmentKeyOf(record);
    let link = this.#links.get(key);
    if (link === undefined) {
      if (!this.#carriesTunnel(record)) return;
      // Where a frame does not tell its link, or there are too many, nothing is told apart.
      if (key === 0 || this.#links.size === MOST_SEGMENTS) {
        this.#isPlain = true;
        this.#links.clear();
        return;
      }
      link = { name: segmentName(record), intake: new Intake() };
      this.#links.set(key, link);
    }
    link.intake.frame(record);
  }

  /** The places, by the link where each begins; none where the capture shows one link only, or does not tell them. */
  finish(capture: number): Place[] {
    if (this.#links.size < 2) return [];
    return Array.from(this.#links.values(), ({ name, intake }) => {
      const { tunnels, observations } = intake.finish();
      return { capture, segment: name, tunnels, observations };
    });
  }

  #carriesTunnel(record: FrameInput): boolean {
    const { view } = this.#dissector;
    switch (this.#dissector.dissect(record, frameRef(record.capture, record.frame))) {
      case PACKET.esp:
      case PACKET.ah:
        return true;
      case PACKET.udp:
      case PACKET.tcp:
        return [view.sourcePort, view.destinationPort].some(
          (port) => port === IKE_PORT || port === NAT_T_PORT,
        );
      case PACKET.skipped:
      case PACKET.icmpError:
        return false;
    }
  }
}
