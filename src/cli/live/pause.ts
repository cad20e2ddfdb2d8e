/** A wait that can be cut short. */
export class Pause {
  #end: (() => void) | null = null;

  /** Resolves after so many milliseconds, or when it is cut short. */
  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  cutShort(): void {
    this.#end?.();
  }
}

/** Waits for something, but no longer than `milliseconds`. */
export async function atMost(milliseconds: number, something: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([something, late]);
  clearTimeout(timer);
}

/** So many times its patience is what a wait for one that goes on lasts at most. */
const PATIENCES = 5;

/**
 * Waits for `running` to be over, as long as it goes on: no longer than `patienceMs` without a change of `progress`, and five
 * times that in all.
 */
export async function whileItGoesOn(
  patienceMs: number,
  running: () => Promise<unknown> | null,
  progress: () => number,
): Promise<void> {
  const end = performance.now() + patienceMs * PATIENCES;
  let before: number;
  do {
    const now = running();
    if (now === null) return;
    before = progress();
    await atMost(patienceMs, now);
  } while (progress() !== before && performance.now() < end);
}
