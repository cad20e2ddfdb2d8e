import { humanDuration } from "../../bytes/time.js";
import { h } from "../../report/html/client/dom.js";
import { label, word } from "../../report/html/client/labels.js";
import type { LiveState } from "../../report/html/live/data.js";

/** The interface, the state of its capture, and how many tunnels are in which state. */
export function headView({
  interface: name,
  isCapturing,
  counts,
  time,
  startedAt,
  packets,
  dropped,
  findings,
}: LiveState): HTMLElement[] {
  const age = humanDuration(Math.max(0, time - startedAt));
  const drops = dropped === null || dropped === 0 ? "" : label`, ${dropped} dropped by the capture`;
  return [
    h("h2", { class: "who" }, isCapturing ? name : label`${name}: the capture is interrupted`),
    h(
      "p",
      {},
      ...counts.flatMap(({ state, count }) => [
        h("span", { class: "badge", "data-status": state }, `${word(state.replaceAll("-", " "))} ${count}`),
        " ",
      ]),
    ),
    h("p", { class: "quiet" }, label`running ${age}, ${packets} packets`, drops),
    ...findings.map((text) => h("p", { class: "refused" }, text)),
  ];
}
