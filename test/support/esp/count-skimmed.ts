import type { EspKernel } from "../../../src/esp/kernel.js";
import { STATE } from "../../../src/esp/layout.js";

/** Counts the packets that a kernel takes from now on. */
export function countSkimmed(kernel: EspKernel): { packets: number } {
  const counted = { packets: 0 };
  const skim = kernel.skim.bind(kernel);
  kernel.skim = (...args) => {
    const position = skim(...args);
    counted.packets += kernel.state[STATE.packets] ?? 0;
    return position;
  };
  return counted;
}
