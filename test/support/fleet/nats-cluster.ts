import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "../live/eventually.js";
import { NatsProcess } from "./nats-process.js";
import { adaptedFile, type ShippedUser, shippedUsers, type UserOptions } from "./shipped-configuration.js";
import { writeTlsFiles } from "./tls-files.js";

/** The servers by the names that their configurations give them. */
export const MEMBERS = ["nats-1", "nats-2", "nats-3"] as const;
export type MemberName = (typeof MEMBERS)[number];

interface Member {
  readonly name: MemberName;
  readonly folder: string;
  readonly process: NatsProcess;
  readonly ports: MemberPorts;
}

interface MemberPorts {
  readonly clients: number;
  readonly servers: number;
  readonly state: number;
}

/** A port was another program's before the server had it. */
const TAKEN = /address already in use/;
const ATTEMPTS = 5;

/** Three servers on loopback by the configuration that packaging/nats/ ships, TLS switched on, each with a folder of its own. */
export class NatsTestCluster {
  readonly folder = mkdtempSync(join(tmpdir(), "ikescope-cluster-"));
  #members: readonly Member[] = [];
  #as: UserOptions = () => [];

  /** As hubs and gateways are given it. */
  get url(): string {
    return this.#members.map(({ ports }) => `tls://127.0.0.1:${ports.clients}`).join(",");
  }

  /** The options by which a command comes in as that user. */
  as(user: ShippedUser): string[] {
    return [...this.#as(user), "--nats-ca", join(this.folder, "ca.crt")];
  }

  /** Starts all three; fulfilled when they have a leader among them. */
  async start(): Promise<void> {
    writeTlsFiles(this.folder);
    this.#as = shippedUsers(this.folder);
    for (let attempt = 1; ; attempt++) {
      this.#members = await this.#configured();
      for (const { process } of this.#members) process.start();
      try {
        await Promise.all(MEMBERS.map((name) => this.#isReady(name)));
        return;
      } catch (error) {
        for (const { process } of this.#members) await process.stop();
        if (attempt === ATTEMPTS || !this.#members.some(({ process }) => TAKEN.test(process.log)))
          throw error;
      }
    }
  }

  /** Kills a server as a lost machine would. */
  async kill(name: MemberName): Promise<void> {
    await this.#member(name).process.stop("SIGKILL");
  }

  /** Starts a server that was killed; fulfilled when it takes part. `isEmpty`: on another machine, without what it had stored. */
  async restart(name: MemberName, { isEmpty = false } = {}): Promise<void> {
    const { folder, process } = this.#member(name);
    if (isEmpty) rmSync(join(folder, "js"), { recursive: true, force: true });
    process.start();
    await this.#isReady(name);
  }

  async remove(): Promise<void> {
    for (const { process } of this.#members) await process.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The answer of a server to who looks after it, as docs/fleet.md asks. */
  async #isReady(name: MemberName): Promise<void> {
    const { process, ports } = this.#member(name);
    await eventually(
      () => `${name}; it said ${process.log}`,
      async () => {
        if (!process.isRunning) throw new Error(`${name} ended: ${process.log}`);
        const answer = await fetch(`http://127.0.0.1:${ports.state}/healthz?js-enabled-only=true`).catch(
          () => null,
        );
        if (answer?.ok !== true) return undefined;
        const state = (await (await fetch(`http://127.0.0.1:${ports.state}/jsz`)).json()) as {
          readonly meta_cluster?: { readonly leader?: string };
        };
        return (state.meta_cluster?.leader ?? "") === "" ? undefined : true;
      },
    );
  }

  #member(name: MemberName): Member {
    const member = this.#members.find((one) => one.name === name);
    if (member === undefined) throw new Error(`${name} was not started`);
    return member;
  }

  async #configured(): Promise<readonly Member[]> {
    const free = await freePorts(MEMBERS.length * 3);
    const portsOf = (index: number): MemberPorts => {
      const [clients = 0, servers = 0, state = 0] = free.slice(index * 3);
      return { clients, servers, state };
    };
    const routes = MEMBERS.map((name, at) => [`@${name}:6222`, `@127.0.0.1:${portsOf(at).servers}`] as const);
    return MEMBERS.map((name, index): Member => {
      const folder = join(this.folder, name);
      const ports = portsOf(index);
      mkdirSync(folder, { recursive: true });
      const common = adaptedFile("cluster.conf", {
        "0.0.0.0:4222": `127.0.0.1:${ports.clients}`,
        "0.0.0.0:6222": `127.0.0.1:${ports.servers}`,
        '"127.0.0.1:8222"': `"127.0.0.1:${ports.state}"`,
        "/var/lib/nats/jetstream": join(folder, "js"),
        "/etc/nats/": `${this.folder}/`,
        '"users.conf"': '"../users.conf"',
        ...Object.fromEntries(routes),
      });
      // The lines that an operator takes the "#" from.
      const isOn = common.replaceAll(/^( *)# (tls \{|  [a-z_]+_file: |\})/gm, "$1$2");
      writeFileSync(join(folder, "cluster.conf"), isOn);
      writeFileSync(join(folder, `${name}.conf`), adaptedFile(`${name}.conf`, {}));
      return { name, folder, ports, process: new NatsProcess(join(folder, `${name}.conf`)) };
    });
  }
}

/** Ports of loopback that nobody has at this moment. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<Server>((resolve) => {
          const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
