/**
 * All fuzz and property tests of a run begin from one number, drawn here unless it is set. It is said before they run, and
 * behind them, where the end of a log is all that is kept.
 */
export default function setup(): () => void {
  const seed = process.env["IKESCOPE_SEED"] ?? String(Date.now() % 1_000_000);
  process.env["IKESCOPE_SEED"] = seed;
  const say = (): void => console.log(`fuzz and property tests: IKESCOPE_SEED=${seed} runs the same again`);
  say();
  return say;
}
