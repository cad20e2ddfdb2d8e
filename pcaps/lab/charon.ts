/** One IKE daemon (strongSwan's charon) in the namespace of one end. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Certificates } from "./certificates.js";
import { strongswanConf, swanctlConf, type Peer } from "./config.js";
import { attempt, Background, run, until, type Outcome } from "./shell.js";
import type { End, Topology } from "./topology.js";

const folders = "x509 x509ca x509ocsp x509aa x509ac x509crl pubkey bliss private rsa ecdsa pkcs8 pkcs12";

export class Charon {
  readonly #topology: Topology;
  readonly #end: End;
  readonly #folder: string;
  #process: Background | undefined;

  constructor(topology: Topology, end: End, folder: string) {
    this.#topology = topology;
    this.#end = end;
    this.#folder = folder;
  }

  /** Writes the configuration, starts the daemon and loads the connection into it. */
  async start(settings: Peer, certificates: Certificates | undefined): Promise<void> {
    for (const name of folders.split(" ")) {
      mkdirSync(join(this.#folder, "swanctl", name), { recursive: true });
    }
    certificates?.install(this.#end, join(this.#folder, "swanctl"));
    writeFileSync(join(this.#folder, "swanctl", "swanctl.conf"), swanctlConf(this.#end, settings));
    writeFileSync(join(this.#folder, "strongswan.conf"), strongswanConf(this.#folder, settings));
    const shell = "mount -t tmpfs t /run && mkdir -p /run/lock && exec /usr/lib/ipsec/charon";
    this.#process = new Background(
      "ip",
      this.#topology.inside(this.#end, ["unshare", "-m", "sh", "-c", shell]),
      { STRONGSWAN_CONF: join(this.#folder, "strongswan.conf") },
    );
    await until(`charon at ${this.#end}`, () => existsSync(join(this.#folder, "vici")));
    await run("swanctl", this.#swanctl("--load-all", "--noprompt"), 20, this.#env());
  }

  /** Gives the running daemon other connections and keys. */
  async load(settings: Peer): Promise<void> {
    writeFileSync(join(this.#folder, "swanctl", "swanctl.conf"), swanctlConf(this.#end, settings));
    await run("swanctl", this.#swanctl("--load-all", "--clear", "--noprompt"), 20, this.#env());
  }

  /** Brings the tunnel up; fails quietly, for in most scenarios it is meant to fail. */
  initiate(seconds = 20, child = "net"): Promise<Outcome> {
    return attempt("swanctl", this.#swanctl("--initiate", "--child", child), seconds, this.#env());
  }

  /** Replaces the child SA by a new one. */
  rekey(): Promise<Outcome> {
    return attempt("swanctl", this.#swanctl("--rekey", "--child", "net"), 10, this.#env());
  }

  /** Takes the IKE SA down in order, or (forced) forgets it without waiting for an answer. */
  terminate(force = false): Promise<Outcome> {
    const how = force ? ["--force", "--timeout", "1"] : [];
    return attempt("swanctl", this.#swanctl("--terminate", "--ike", "lab", ...how), 10, this.#env());
  }

  /** Ends the daemon as a crash does: its SAs are forgotten, the peer is not told. It may be started again. */
  async kill(): Promise<void> {
    await this.#process?.stop("SIGKILL");
    rmSync(join(this.#folder, "vici"), { force: true });
  }

  log(): string {
    const file = join(this.#folder, "charon.log");
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  /** Ends the daemon. It then deletes its SAs, so captures are to be stopped before. */
  async stop(): Promise<void> {
    await this.#process?.stop();
  }

  #swanctl(...args: string[]): string[] {
    return [...args, "--uri", `unix://${this.#folder}/vici`];
  }

  #env(): Record<string, string> {
    return {
      SWANCTL_DIR: join(this.#folder, "swanctl"),
      STRONGSWAN_CONF: join(this.#folder, "strongswan.conf"),
    };
  }
}
