import type { Address } from "../../../bytes/address.js";
import type { ClearFlow, OuterPair } from "../../../session/model.js";

/** Flows in clear by the outer addresses that they lie beside, so that a tunnel looks at its own ones alone. */
export class ClearFlowIndex {
  readonly #flows: readonly ClearFlow[];
  readonly #beside = new Map<string, number[]>();
  readonly #mirrors = new Map<string, number[]>();
  readonly #between = new Map<string, number[]>();
  readonly #isApart: (flow: ClearFlow) => boolean;

  /**
   * `isCandidate` says which flows may be those that a tunnel should hide, `isApart` which ones do not lie right beside ESP, and
   * `isMirror` which ones a tunnel shows of itself.
   */
  constructor(
    flows: readonly ClearFlow[],
    isCandidate: (flow: ClearFlow) => boolean,
    isApart: (flow: ClearFlow) => boolean,
    isMirror: (flow: ClearFlow) => boolean,
  ) {
    this.#flows = flows;
    this.#isApart = isApart;
    for (const [at, flow] of flows.entries()) {
      add(this.#between, keyOf(flow), at);
      if (flow.mirroredFrom !== null && isMirror(flow)) add(this.#mirrors, keyOf(flow.mirroredFrom), at);
      if (isCandidate(flow)) for (const pair of flow.beside) add(this.#beside, keyOf(pair), at);
    }
  }

  /**
   * The candidates that a tunnel between these two ends may concern, in order of first sight: those beside its own packets,
   * and those whose opposite direction it shows decrypted.
   */
  candidatesOf(ends: Ends): ClearFlow[] {
    const replied = this.mirrorsOf(ends).flatMap(
      ({ source, destination }) =>
        this.#between.get(keyOf({ source: destination, destination: source })) ?? [],
    );
    return this.#inOrder([...placesOf(this.#beside, ends), ...replied]).filter(this.#isApart);
  }

  /** Flows that show what was decrypted from ESP of these two ends, in order of first sight. */
  mirrorsOf(ends: Ends): ClearFlow[] {
    return this.#inOrder(placesOf(this.#mirrors, ends));
  }

  /** Whether there is a flow in this direction. */
  hasBetween(source: Address, destination: Address): boolean {
    return this.#between.has(keyOf({ source, destination }));
  }

  #inOrder(places: readonly number[]): ClearFlow[] {
    const sorted = [...new Set(places)].toSorted((a, b) => a - b);
    return sorted.flatMap((at) => this.#flows[at] ?? []);
  }
}

type Ends = readonly [Address, Address];

/** The places of flows whose pair has both addresses among the ends. */
function placesOf(index: ReadonlyMap<string, readonly number[]>, ends: Ends): number[] {
  return ends.flatMap((source) =>
    ends.flatMap((destination) => index.get(keyOf({ source, destination })) ?? []),
  );
}

function add(index: Map<string, number[]>, key: string, at: number): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [at]);
  else if (list.at(-1) !== at) list.push(at);
}

function keyOf({ source, destination }: OuterPair): string {
  return `${source} ${destination}`;
}
