/** The part of an axis that is looked at; several pictures may share one. */
export class Zoom {
  #whole: Span;
  readonly #narrowest: number;
  readonly #listeners: (() => void)[] = [];
  #span: Span;

  /** `narrowest` is the least width that can be looked at. */
  constructor(whole: Span, narrowest: number) {
    this.#whole = whole;
    this.#narrowest = Math.min(narrowest, whole.to - whole.from);
    this.#span = whole;
  }

  get whole(): Span {
    return this.#whole;
  }

  get span(): Span {
    return this.#span;
  }

  get width(): number {
    return this.#span.to - this.#span.from;
  }

  get isWhole(): boolean {
    return this.#span.from <= this.#whole.from && this.#span.to >= this.#whole.to;
  }

  /** The axis has become longer. Whoever looks at all of it goes on doing so; others see what they saw. */
  widen(whole: Span): void {
    const { isWhole } = this;
    this.#whole = whole;
    this.show(isWhole ? whole : this.#span);
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Looks closer by a factor above 1, and from farther away by one below it; `at` stays where it is. */
  by(factor: number, at = (this.#span.from + this.#span.to) / 2): void {
    const width = this.#bounded(this.width / factor);
    const share = (at - this.#span.from) / this.width;
    this.show({ from: at - share * width, to: at + (1 - share) * width });
  }

  /** Moves by a share of what is seen, to the left where it is negative. */
  move(share: number): void {
    const step = share * this.width;
    this.show({ from: this.#span.from + step, to: this.#span.to + step });
  }

  all(): void {
    this.show(this.#whole);
  }

  /** Shows a span, as near to it as the whole allows. */
  show({ from, to }: Span): void {
    const width = this.#bounded(to - from);
    const start = Math.max(this.#whole.from, Math.min(this.#whole.to - width, from));
    this.#span = { from: start, to: start + width };
    for (const listener of this.#listeners) listener();
  }

  #bounded(width: number): number {
    return Math.max(this.#narrowest, Math.min(this.#whole.to - this.#whole.from, width));
  }
}

/** [from, to] of an axis: microseconds, or bytes. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
