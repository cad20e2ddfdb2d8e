import { Intake } from "./intake/intake.js";
import { segmentName } from "./intake/link-key.js";
import type { FrameInput } from "./intake/sightings.js";
import type { Place } from "./model.js";
import type { SegmentMap } from "./segment-map.js";

/**
 * What each link of one capture shows by itself: where captures of both ends were joined into one file, or a router was captured
 * on all its interfaces, as if each link had a file of its own.
 */
export class Segments {
  readonly #map: SegmentMap;
  readonly #links = new Map<number, { readonly name: string; readonly intake: Intake }>();

  constructor(map: SegmentMap) {
    this.#map = map;
  }

  /** Takes the next frame of the capture. */
  frame(record: FrameInput): void {
    const segment = this.#map.of(record);
    if (segment === null) return;
    let link = this.#links.get(segment);
    if (link === undefined) {
      link = { name: segmentName(record), intake: new Intake() };
      this.#links.set(segment, link);
    }
    link.intake.frame(record);
  }

  /** The places, by the link where each begins. */
  finish(capture: number): Place[] {
    return Array.from(this.#links.values(), ({ name, intake }) => {
      const { tunnels, observations } = intake.finish();
      return { capture, segment: name, tunnels, observations };
    });
  }
}
