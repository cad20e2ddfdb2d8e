import type { Micros } from "../bytes/time.js";
import type { Code } from "../diagnosis/codes.js";
import type { Confidence, Finding } from "../diagnosis/finding.js";
import { severityRank } from "../diagnosis/severity.js";
import type { Clearing } from "./event.js";
import type { RaisedFinding } from "./raised.js";

/**
 * A finding has to stand for so long before it is raised. What is deduced from silence may be healed by the next try, or be
 * known better in a moment; an operator is called for neither.
 */
const STANDS: Readonly<Record<Confidence, Micros>> = {
  // That nobody answered is certain too, and over with the next try.
  certain: 10_000_000,
  likely: 10_000_000,
  possible: 20_000_000,
};
/**
 * It stands from so soon behind the last packet that it cites, not since it was judged: packets come late from the kernel, and a
 * busy gateway judges late. So the answer to a try ten seconds later still comes in time. What only a long silence proves
 * stands since it is found, less the longer time.
 */
const JUDGED: Readonly<Record<"soonest" | "latest", Micros>> = { soonest: 500_000, latest: 3_000_000 };
/** A finding that is not made any more counts as over after this time. */
const GONE: Micros = 10_000_000;
/** A finding that comes and goes has to stand longer each time, up to a limit, until it was away for a while. */
const FLAP = { first: 15_000_000, longest: 600_000_000, forgotten: 1_800_000_000 } as const;

/** The history of one code. */
interface Known {
  finding: Finding;
  /** Since when it stands without a break. */
  foundSince: Micros;
  raisedAt: Micros | null;
  /** The severity that it was raised with, as a rank. */
  told: number;
  missingSince: Micros | null;
  clearings: number;
  clearedAt: Micros;
}

/** A finding that was raised or cleared by a judgement. */
export type FindingChange =
  | { readonly kind: "raised"; readonly finding: Finding }
  | {
      readonly kind: "cleared";
      readonly finding: Finding;
      readonly raisedAt: Micros;
      readonly why: Clearing;
    };

/**
 * The findings of one tunnel, or of the capture, over time: each is raised once, cleared when it is over, and does not come
 * and go with every judgement. A finding that follows from another one is not raised beside it.
 */
export class RaisedFindings {
  readonly #known = new Map<Code, Known>();

  get isEmpty(): boolean {
    return this.#known.size === 0;
  }

  /** Raised and not cleared, the most severe first. */
  active(): RaisedFinding[] {
    return [...this.#known.values()]
      .flatMap(({ finding, raisedAt }) => (raisedAt === null ? [] : [{ finding, raisedAt }]))
      .toSorted(
        (a, b) =>
          severityRank(a.finding.severity) - severityRank(b.finding.severity) || a.raisedAt - b.raisedAt,
      );
  }

  /** Found by the last judgement and not raised, for they have not stood for long enough. */
  waiting(): Finding[] {
    return [...this.#known.values()].flatMap(({ finding, raisedAt, missingSince }) =>
      raisedAt === null && missingSince === null ? [finding] : [],
    );
  }

  /** When a judgement can change something again although nothing happens; Infinity where it cannot. */
  nextLook(now: Micros): Micros {
    let next = Infinity;
    for (const known of this.#known.values()) {
      if (known.raisedAt === null && known.missingSince === null) {
        next = Math.min(next, known.foundSince + waitOf(known, now));
      } else if (known.raisedAt !== null && known.missingSince !== null) {
        next = Math.min(next, known.missingSince + GONE);
      }
    }
    return next;
  }

  /**
   * Takes the findings of a judgement. `works`: the tunnel is proven to work, so what is gone was mended. `mayClear`: what is
   * not found counts as gone; false while the capture has just begun and knows too little.
   */
  update(found: readonly Finding[], now: Micros, works: boolean, mayClear: boolean): FindingChange[] {
    const changes: FindingChange[] = [];
    const mended = new Set(found.filter(({ mended: isMended }) => isMended).map(({ code }) => code));
    const roots = found.filter(({ mended: isMended, causedBy }) => !isMended && causedBy === null);
    for (const finding of roots) {
      const change = this.#found(finding, now);
      if (change !== null) changes.push(change);
    }
    const present = new Set(roots.map(({ code }) => code));
    const worst = Math.min(...changes.map(({ finding }) => severityRank(finding.severity)));
    for (const [code, known] of this.#known) {
      if (present.has(code)) continue;
      const isReplaced = worst <= severityRank(known.finding.severity);
      const why = mended.has(code)
        ? "mended"
        : isReplaced
          ? "replaced"
          : this.#gone(known, now, works, mayClear);
      if (known.raisedAt === null) this.#fade(code, known, now);
      else if (why !== null) changes.push(clear(known, known.raisedAt, why, now));
    }
    return changes;
  }

  /** The clock was set back to `now`: nothing that is remembered lies behind it. */
  setBack(now: Micros): void {
    for (const known of this.#known.values()) {
      known.foundSince = Math.min(known.foundSince, now);
      known.clearedAt = Math.min(known.clearedAt, now);
      if (known.raisedAt !== null) known.raisedAt = Math.min(known.raisedAt, now);
      if (known.missingSince !== null) known.missingSince = Math.min(known.missingSince, now);
    }
  }

  /** Clears all that is raised. */
  clearAll(why: Clearing, now: Micros): FindingChange[] {
    const changes = [...this.#known.values()].flatMap((known) =>
      known.raisedAt === null ? [] : [clear(known, known.raisedAt, why, now)],
    );
    this.#known.clear();
    return changes;
  }

  #found(finding: Finding, now: Micros): FindingChange | null {
    const known = this.#known.get(finding.code) ?? newlyKnown(finding, now);
    this.#known.set(finding.code, known);
    if (known.raisedAt === null && known.missingSince !== null) known.foundSince = now;
    known.missingSince = null;
    known.finding = finding;
    const rank = severityRank(finding.severity);
    // A finding that was told is told again only if it has become more severe.
    const isNews = known.raisedAt === null ? now - known.foundSince >= waitOf(known, now) : rank < known.told;
    if (!isNews) return null;
    known.raisedAt ??= now;
    known.told = rank;
    return { kind: "raised", finding };
  }

  #gone(known: Known, now: Micros, works: boolean, mayClear: boolean): Clearing | null {
    if (!mayClear) return null;
    known.missingSince ??= now;
    if (now - known.missingSince < GONE) return null;
    return works ? "mended" : "gone";
  }

  /** A finding that was never raised is forgotten at once; one that was keeps its history for a while. */
  #fade(code: Code, known: Known, now: Micros): void {
    known.missingSince ??= now;
    if (known.clearings === 0 || now - known.clearedAt > FLAP.forgotten) this.#known.delete(code);
  }
}

function newlyKnown(finding: Finding, now: Micros): Known {
  return {
    finding,
    foundSince: standsSince(finding, now),
    raisedAt: null,
    told: Infinity,
    missingSince: null,
    clearings: 0,
    clearedAt: -Infinity,
  };
}

function standsSince({ evidence }: Finding, now: Micros): Micros {
  const cited = Math.max(...evidence.map(({ time }) => time));
  return Math.min(now, Math.max(cited + JUDGED.soonest, now - JUDGED.latest));
}

/** How long the finding has to stand before it is raised. */
function waitOf({ finding, clearings, clearedAt }: Known, now: Micros): Micros {
  const stands = STANDS[finding.confidence];
  const isFlapping = clearings > 0 && now - clearedAt <= FLAP.forgotten;
  return isFlapping ? Math.max(stands, Math.min(FLAP.longest, FLAP.first * 2 ** (clearings - 1))) : stands;
}

function clear(known: Known, raisedAt: Micros, why: Clearing, now: Micros): FindingChange {
  known.raisedAt = null;
  known.missingSince = now;
  known.clearings++;
  known.clearedAt = now;
  return { kind: "cleared", finding: known.finding, raisedAt, why };
}
