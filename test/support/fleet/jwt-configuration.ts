import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { NatsPackages } from "../../../src/cli/nats/server.js";

const load = createRequire(import.meta.url);

/** What a user of the account may do: subjects to publish on, and to listen to. */
export interface JwtUser {
  readonly name: string;
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/** No limit, as `nsc` writes it. */
const WITHOUT_LIMITS = {
  subs: -1,
  data: -1,
  payload: -1,
  imports: -1,
  exports: -1,
  wildcards: true,
  conn: -1,
  leaf: -1,
};
const STORAGE = { mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 };

type KeyPair = ReturnType<NatsPackages["transport"]["nkeys"]["createUser"]>;

/**
 * A server whose users come with JWTs, as `nsc` makes them: an operator, an account with JetStream, and users in it, each with a
 * credentials file in `folder`; and the options by which a command comes in as one of them.
 */
export function jwtConfiguration(
  folder: string,
  users: readonly JwtUser[],
): { readonly config: string; readonly as: (user: string) => string[] } {
  const { nkeys } = load("@nats-io/transport-node") as NatsPackages["transport"];
  const [operator, system, account] = [nkeys.createOperator(), nkeys.createAccount(), nkeys.createAccount()];
  const accountOf = (key: KeyPair, name: string, storage: object): string =>
    signed(operator, key, name, { type: "account", limits: { ...WITHOUT_LIMITS, ...storage } });
  const fileOf = (name: string): string => join(folder, `${name}.creds`);
  for (const { name, publish, subscribe } of users) {
    const key = nkeys.createUser();
    const claims = {
      type: "user",
      subs: -1,
      data: -1,
      payload: -1,
      pub: { allow: publish },
      sub: { allow: subscribe },
    };
    writeFileSync(fileOf(name), credentials(signed(account, key, name, claims), key));
  }
  const config = `
operator: ${signed(operator, operator, "operator", { type: "operator" })}
system_account: ${system.getPublicKey()}
resolver: MEMORY
resolver_preload: {
  ${system.getPublicKey()}: ${accountOf(system, "SYS", {})}
  ${account.getPublicKey()}: ${accountOf(account, "FLEET", STORAGE)}
}
jetstream { store_dir: "${folder}/js" }
`;
  return { config, as: (user) => ["--nats-creds", fileOf(user)] };
}

function signed(issuer: KeyPair, subject: KeyPair, name: string, claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ typ: "JWT", alg: "ed25519-nkey" })}.${part({
    jti: name,
    iat: Math.floor(Date.now() / 1000),
    iss: issuer.getPublicKey(),
    sub: subject.getPublicKey(),
    name,
    nats: { ...claims, version: 2 },
  })}`;
  return `${text}.${Buffer.from(issuer.sign(new TextEncoder().encode(text))).toString("base64url")}`;
}

/** A file as `nsc generate creds` writes it. */
function credentials(jwt: string, key: KeyPair): string {
  const seed = new TextDecoder().decode(key.getSeed());
  return `-----BEGIN NATS USER JWT-----
${jwt}
------END NATS USER JWT------

************************* IMPORTANT *************************
NKEY Seed printed below can be used to sign and prove identity.

-----BEGIN USER NKEY SEED-----
${seed}
------END USER NKEY SEED------

*************************************************************
`;
}
