/** A certificate authority made for one run, and certificates of alice and bob, small or large. */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./shell.js";
import type { End } from "./topology.js";

/** The fault of an end's certificate. */
type Defect = "expired" | "not yet valid" | "revoked" | "other authority";
export type Defects = Partial<Record<End, Defect>>;

const validity: Partial<Record<Defect, string[]>> = {
  expired: ["--not-before", "01.01.20 00:00:00", "--not-after", "01.02.20 00:00:00"],
  "not yet valid": ["--not-before", "01.01.45 00:00:00", "--not-after", "01.01.48 00:00:00"],
};

/** The serial number of a certificate that the authority takes back. */
const revokedSerial = "4d";

export class Certificates {
  readonly #folder: string;
  readonly #defects: Defects;

  /** Whether alice knows another authority than the one that signed. */
  #strangers = false;

  private constructor(folder: string, defects: Defects) {
    this.#folder = folder;
    this.#defects = defects;
  }

  /** Makes keys and certificates. `names` further subject names make alice's and bob's certificates larger. */
  static async make(
    folder: string,
    names: number,
    strangers = false,
    defects: Defects = {},
  ): Promise<Certificates> {
    mkdirSync(folder, { recursive: true });
    const made = new Certificates(folder, defects);
    await made.#authority("ca", "Example Lab CA");
    await made.#authority("other-ca", "Other Lab CA");
    await made.#revoke();
    made.#strangers = strangers;
    for (const end of ["alice", "bob"] as const) await made.#certify(end, names);
    return made;
  }

  async #authority(name: string, cn: string): Promise<void> {
    await this.#key(name);
    const dn = ["--dn", `C=CH, O=Example Lab, CN=${cn}`];
    await this.#write(`${name}.pem`, ["--self", "--ca", "--in", this.#path(`${name}.key`), ...dn]);
  }

  /** The authority's list of certificates that it takes back. */
  async #revoke(): Promise<void> {
    const authority = ["--cacert", this.#path("ca.pem"), "--cakey", this.#path("ca.key")];
    const list = ["--signcrl", ...authority, "--reason", "key-compromise", "--serial", revokedSerial];
    await this.#write("ca.crl", list);
  }

  /** Puts an end's key, certificate and the authority where swanctl looks for them. */
  install(end: End, swanctl: string): void {
    copyFileSync(this.#path(`${end}.key`), join(swanctl, "private", `${end}.key`));
    copyFileSync(this.#path(`${end}.pem`), join(swanctl, "x509", `${end}.pem`));
    const authority = this.#strangers && end === "alice" ? "other-ca.pem" : "ca.pem";
    copyFileSync(this.#path(authority), join(swanctl, "x509ca", "ca.pem"));
    if (Object.values(this.#defects).includes("revoked")) {
      copyFileSync(this.#path("ca.crl"), join(swanctl, "x509crl", "ca.crl"));
    }
  }

  async #certify(end: End, names: number): Promise<void> {
    await this.#key(end);
    const more = Array.from({ length: names }, (_, index) => [
      "--san",
      `${end}-gateway-${String(index).padStart(2, "0")}.branch.example.org`,
    ]).flat();
    const key = ["--type", "priv", "--in", this.#path(`${end}.key`)];
    const defect = this.#defects[end];
    const signer = defect === "other authority" ? "other-ca" : "ca";
    const authority = ["--cacert", this.#path(`${signer}.pem`), "--cakey", this.#path(`${signer}.key`)];
    const dn = ["--dn", `C=CH, O=Example Lab, CN=${end}.example.org`];
    const subjects = ["--san", `${end}.example.org`, ...more];
    const valid = defect === undefined ? [] : (validity[defect] ?? []);
    const serial = defect === "revoked" ? ["--serial", revokedSerial] : [];
    await this.#write(`${end}.pem`, [
      "--issue",
      ...key,
      ...authority,
      ...dn,
      ...subjects,
      ...valid,
      ...serial,
    ]);
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
