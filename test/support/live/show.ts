import { renameSync, writeFileSync } from "node:fs";
import { LiveScreen } from "../../../src/cli/live/screen.js";
import { whyNoTable } from "../../../src/cli/terminal/streams.js";
import { ChangingView } from "./changing-view.js";

/**
 * Shows the table of a view that changes, for tests in a real terminal: `tsx show.ts OTHER_TUNNELS [END [PULSE_FILE]]`.
 * END is how it ends but for `q`: "throw" or "exit" after a second and a half, "none", or "rotate", which has another use
 * for SIGHUP. PULSE_FILE gets a number that grows while the program is not blocked, and "ended" at the end.
 */
const [others = "10", end = "none", pulse] = process.argv.slice(2);
const why = whyNoTable(process.stdout, process.env["TERM"]);
if (why !== null) {
  console.error(`no table: ${why}`);
  process.exit(2);
}
const screen = new LiveScreen(await ChangingView.create(Number(others)), process);
screen.start();
if (end === "exit") setTimeout(() => process.exit(7), 1500);
if (end === "throw") {
  setTimeout(() => {
    throw new Error("thrown on purpose");
  }, 1500);
}
if (end === "rotate") process.on("SIGHUP", () => undefined);
let count = 0;
const beat = pulse === undefined ? null : setInterval(() => tell(pulse, String(++count)), 50);
await screen.quit;
if (beat !== null) clearInterval(beat);
if (pulse !== undefined) tell(pulse, "ended");
console.log("the table has ended");

/** In one step: who reads meanwhile finds what was there before. */
function tell(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
