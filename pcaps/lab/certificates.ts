/** A certificate authority made for one run, and certificates of alice and bob, small or large. */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./shell.js";
import type { End } from "./topology.js";

export class Certificates {
  readonly #folder: string;

  /** Whether alice knows another authority than the one that signed. */
  #strangers = false;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes keys and certificates. `names` further subject names make alice's and bob's certificates larger. */
  static async make(folder: string, names: number, strangers = false): Promise<Certificates> {
    mkdirSync(folder, { recursive: true });
    const made = new Certificates(folder);
    await made.#authority("ca", "Example Lab CA");
    if (strangers) await made.#authority("other-ca", "Other Lab CA");
    made.#strangers = strangers;
    for (const end of ["alice", "bob"] as const) await made.#certify(end, names);
    return made;
  }

  async #authority(name: string, cn: string): Promise<void> {
    await this.#key(name);
    const dn = ["--dn", `C=CH, O=Example Lab, CN=${cn}`];
    await this.#write(`${name}.pem`, ["--self", "--ca", "--in", this.#path(`${name}.key`), ...dn]);
  }

  /** Puts an end's key, certificate and the authority where swanctl looks for them. */
  install(end: End, swanctl: string): void {
    copyFileSync(this.#path(`${end}.key`), join(swanctl, "private", `${end}.key`));
    copyFileSync(this.#path(`${end}.pem`), join(swanctl, "x509", `${end}.pem`));
    const authority = this.#strangers && end === "alice" ? "other-ca.pem" : "ca.pem";
    copyFileSync(this.#path(authority), join(swanctl, "x509ca", "ca.pem"));
  }

  async #certify(end: End, names: number): Promise<void> {
    await this.#key(end);
    const more = Array.from({ length: names }, (_, index) => [
      "--san",
      `${end}-gateway-${String(index).padStart(2, "0")}.branch.example.org`,
    ]).flat();
    const key = ["--type", "priv", "--in", this.#path(`${end}.key`)];
    const authority = ["--cacert", this.#path("ca.pem"), "--cakey", this.#path("ca.key")];
    const dn = ["--dn", `C=CH, O=Example Lab, CN=${end}.example.org`];
    const subjects = ["--san", `${end}.example.org`, ...more];
    await this.#write(`${end}.pem`, ["--issue", ...key, ...authority, ...dn, ...subjects]);
  }

  #key(name: string): Promise<void> {
    return this.#write(`${name}.key`, ["--gen", "--type", "rsa", "--size", "2048"]);
  }

  async #write(name: string, pki: string[]): Promise<void> {
    writeFileSync(this.#path(name), await run("pki", [...pki, "--outform", "pem"], 60));
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}
