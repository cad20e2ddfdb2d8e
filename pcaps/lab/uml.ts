/** A User Mode Linux, whose kernel has ESP, AH and netem where the host's has none: it plays scenarios inside. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { attempt } from "./shell.js";

/** Debian's package user-mode-linux. */
const UML = "/usr/bin/linux";
const repo = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Boots, plays the scenarios by `run.ts --inside` and returns once the machine is off. Captures lie in the folder `out`
 * then, logs in `out/logs`. Returns what was printed.
 */
export async function playInUml(names: readonly string[], out: string, seconds: number): Promise<string> {
  const machine = ["mem=1024M", "quiet", "con=null", "con0=null,fd:1", `umid=ikl-${process.pid}`];
  const files = ["root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro", `uml_dir=${join(out, "uml")}`];
  const init = `init=${fileURLToPath(new URL("uml-init.sh", import.meta.url))}`;
  const given = [`REPO=${repo}`, `OUT=${out}`, `SCENARIOS=${names.join(",")}`];
  const { stdout, stderr } = await attempt(UML, [...machine, ...files, init, ...given], seconds);
  return stdout + stderr;
}
