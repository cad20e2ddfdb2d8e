import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** strongSwan's tool for certificates. */
export const HAS_PKI = spawnSync("pki", ["--help"]).error === undefined;

/** An authority of its own and a certificate of 127.0.0.1 by it, in `folder`: ca.crt, server.crt, server.key. */
export function writeTlsFiles(folder: string): void {
  const file = (name: string): string => join(folder, name);
  const write = (name: string, args: readonly string[]): void =>
    writeFileSync(file(name), execFileSync("pki", [...args, "--outform", "pem"], { stdio: "pipe" }), {
      mode: 0o600,
    });
  const keyArgs = ["--gen", "--type", "ecdsa", "--size", "256"];
  write("ca.key", keyArgs);
  write("ca.crt", ["--self", "--ca", "--in", file("ca.key"), "--type", "ecdsa", "--dn", "CN=authority"]);
  write("server.key", keyArgs);
  const authority = ["--cacert", file("ca.crt"), "--cakey", file("ca.key")];
  const names = ["--dn", "CN=server", "--san", "127.0.0.1", "--flag", "serverAuth", "--flag", "clientAuth"];
  write("server.crt", ["--issue", "--in", file("server.key"), "--type", "ecdsa", ...authority, ...names]);
}
