interface Event {
  readonly at: number;
  /** Events of one time happen in the order in which they were planned. */
  readonly order: number;
  readonly happens: () => void;
}

/** The time of a simulation, in seconds, and what is to happen later. */
export class Clock {
  now = 0;
  readonly #heap: Event[] = [];
  #planned = 0;

  after(seconds: number, happens: () => void): void {
    this.at(this.now + seconds, happens);
  }

  at(seconds: number, happens: () => void): void {
    const heap = this.#heap;
    const event = { at: Math.max(seconds, this.now), order: this.#planned++, happens };
    let place = heap.length;
    heap.push(event);
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || isBefore(parent, event)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = event;
  }

  /** Lets everything happen that is planned before `end`. */
  run(end: number): void {
    for (let next = this.#heap[0]; next !== undefined && next.at < end; next = this.#heap[0]) {
      this.#removeFirst();
      this.now = next.at;
      next.happens();
    }
    this.now = end;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let place = 0;
    for (;;) {
      const left = place * 2 + 1;
      const [one, other] = [heap[left], heap[left + 1]];
      if (one === undefined) break;
      const [child, at] = other !== undefined && isBefore(other, one) ? [other, left + 1] : [one, left];
      if (isBefore(last, child)) break;
      heap[place] = child;
      place = at;
    }
    heap[place] = last;
  }
}

function isBefore(one: Event, other: Event): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
