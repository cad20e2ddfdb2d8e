import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { NatsPackages } from "../../../src/cli/nats/server.js";

const CONFIG = new URL("../../../packaging/nats/nats-server.conf", import.meta.url);
/** Users of the configuration that is shipped: the hubs, the workers of a batch, two gateways. */
const USERS = ["HUB", "BATCH", "BRANCH", "HQ"] as const;
type User = (typeof USERS)[number];

/**
 * The configuration of a server that is shipped, with keys of its own and its store in `folder`; and the options by which a command
 * comes in as one of its users.
 */
export function shippedConfiguration(folder: string): {
  readonly config: string;
  readonly as: (user: User) => string[];
} {
  const { nkeys } = createRequire(import.meta.url)("@nats-io/transport-node") as NatsPackages["transport"];
  const seedOf = (user: User): string => join(folder, `${user}.seed`);
  let config = readFileSync(CONFIG, "utf8")
    .replace(/^listen: .*$/m, "")
    .replace("/var/lib/nats/jetstream", join(folder, "js"));
  for (const user of USERS) {
    const key = nkeys.createUser();
    config = config.replace(`"U${user}"`, `"${key.getPublicKey()}"`);
    writeFileSync(seedOf(user), `# of ${user}\n${new TextDecoder().decode(key.getSeed())}\n`);
  }
  return { config, as: (user) => ["--nats-creds", seedOf(user)] };
}
