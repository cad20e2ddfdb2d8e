import { Draws } from "../support/simulation/draws.js";
import { errorOf } from "../support/simulation/expectations.js";
import { proofs } from "../support/simulation/proofs.js";
import { drawRecording, fileOf, judgeFile, recorded, WHOLE } from "../support/simulation/recording.js";
import { simulate } from "../support/simulation/tunnel.js";

/**
 * Judges simulated tunnels in the recordings of the test, prints what is wrong, and how often each status is said without a fault, with
 * one, and with one that the recording proves: how modest the verdicts are. `npm run score:simulated -- FIRST COUNT`; a word behind
 * them selects faults by name.
 */
const [first = "1", count = "100", name = ""] = process.argv.slice(2);
const PARTS = 4;
const MOST_FRAMES = 12_000;

const statuses = new Map<string, Map<string, number>>();
const modest = new Map<string, string[]>();
let [lives, recordings] = [0, 0];
for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
  const tunnel = simulate(seed);
  const fault = tunnel.fault?.name ?? "no fault";
  if (tunnel.frames.length > MOST_FRAMES || !fault.includes(name)) continue;
  lives++;
  for (let part = 0; part <= PARTS; part++) {
    const draws = new Draws(seed * (PARTS + 1) + part);
    const recording = part === 0 ? WHOLE : drawRecording(draws, tunnel.end);
    const frames = recorded(tunnel.frames, tunnel.end, recording, draws);
    const judgement = await judgeFile(fileOf(frames, recording.snapLength));
    const error = errorOf(tunnel, recording, frames, judgement);
    if (error !== null)
      console.log(`${error}: seed ${seed}, part ${part}, ${recording.name}; ${tunnel.description}`);
    recordings++;
    const found = tunnel.fault === null ? [] : proofs(frames, recording);
    const kind = tunnel.fault === null ? "no fault" : found.length > 0 ? "a fault, proven" : "a fault";
    const counts = statuses.get(kind) ?? new Map<string, number>();
    statuses.set(kind, counts.set(judgement.status, (counts.get(judgement.status) ?? 0) + 1));
    if (found.length === 0 || judgement.status === "failing") continue;
    const group = `${judgement.status} of ${fault}: ${found.join(", ")}`;
    modest.set(group, [...(modest.get(group) ?? []), `${seed}/${part}`]);
  }
}
console.log(`${lives} lives, ${recordings} recordings`);
for (const [kind, counts] of statuses) {
  console.log(`${kind}: ${[...counts].map(([status, times]) => `${status} ${times}`).join(", ")}`);
}
console.log("a fault that the recording proves, and no failing tunnel:");
for (const [group, seeds] of [...modest].toSorted((a, b) => b[1].length - a[1].length).slice(0, 30)) {
  console.log(`    ${seeds.length} ${group} (${seeds.slice(0, 3).join(" ")})`);
}
