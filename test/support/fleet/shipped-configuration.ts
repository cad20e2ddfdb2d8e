import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { NatsPackages } from "../../../src/cli/nats/server.js";

/** Users of the configuration that is shipped: the hubs, the workers of a batch, two gateways. */
const USERS = ["HUB", "BATCH", "BRANCH", "HQ"] as const;
export type ShippedUser = (typeof USERS)[number];

/** The options by which a command comes in as one of the users. */
export type UserOptions = (user: ShippedUser) => string[];

/** A file of packaging/nats/ as an operator adapts it: each text is replaced wherever it stands. Throws where one is missing. */
export function adaptedFile(name: string, changes: Readonly<Record<string, string>>): string {
  let text = readFileSync(new URL(`../../../packaging/nats/${name}`, import.meta.url), "utf8");
  for (const [shipped, own] of Object.entries(changes)) {
    if (!text.includes(shipped)) throw new Error(`packaging/nats/${name} has no ${shipped}`);
    text = text.replaceAll(shipped, own);
  }
  return text;
}

/** users.conf with keys of its own in `folder`, beside the file that includes it; the seeds are there too. */
export function shippedUsers(folder: string): UserOptions {
  const { nkeys } = createRequire(import.meta.url)("@nats-io/transport-node") as NatsPackages["transport"];
  const seedOf = (user: ShippedUser): string => join(folder, `${user}.seed`);
  const keys = USERS.map((user) => {
    const key = nkeys.createUser();
    writeFileSync(seedOf(user), `# of ${user}\n${new TextDecoder().decode(key.getSeed())}\n`);
    return [`"U${user}"`, `"${key.getPublicKey()}"`] as const;
  });
  writeFileSync(join(folder, "users.conf"), adaptedFile("users.conf", Object.fromEntries(keys)));
  return (user) => ["--nats-creds", seedOf(user)];
}

/** The configuration of one server that is shipped, without where it listens, with keys of its own and its store in `folder`. */
export function shippedConfiguration(folder: string): { readonly config: string; readonly as: UserOptions } {
  const as = shippedUsers(folder);
  const changes = { 'listen: "0.0.0.0:4222"': "", "/var/lib/nats/jetstream": join(folder, "js") };
  return { config: adaptedFile("nats-server.conf", changes), as };
}
