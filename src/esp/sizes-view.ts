import { D, LARGE_ANSWER_SHIFT, LARGE_KEPT, W } from "./layout.js";
import { RecordView } from "./record-view.js";
import { SIZE_BINS, type SizeDistribution } from "./stream.js";

/** The sizes of a stream as its record stands; the lists are made when they are asked for. */
export class SizesView extends RecordView implements SizeDistribution {
  get smallest(): number {
    return this.word(W.smallest);
  }

  get largest(): number {
    return this.word(W.largest);
  }

  get largestAnswered(): number {
    return this.word(W.largestAnswered);
  }

  get residues(): number {
    return this.word(W.residues);
  }

  get packets(): Uint32Array {
    return this.words(W.sizes, SIZE_BINS);
  }

  get answered(): Uint32Array {
    return this.words(W.answered, SIZE_BINS);
  }

  get largeApart(): number {
    return this.word(W.largeCount);
  }

  get lastLarge(): SizeDistribution["lastLarge"] {
    const count = this.word(W.largeCount);
    const kept = Math.min(count, LARGE_KEPT);
    return Array.from({ length: kept }, (_, index) => {
      const at = (count - kept + index) % LARGE_KEPT;
      const word = this.word(W.largeBytes + at);
      const answer = word >>> LARGE_ANSWER_SHIFT;
      return {
        bytes: word & (2 ** LARGE_ANSWER_SHIFT - 1),
        followedAfter: answer === 0 ? null : (answer - 1) * 1000,
        time: this.double(D.largeTime + at),
        frame: this.double(D.largeFrame + at),
      };
    });
  }
}
