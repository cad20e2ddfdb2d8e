import { errorMessage, literal } from "../../exit.js";
import { type Message, say, verbatim } from "../../../texts/message.js";
import { join } from "node:path";
import type { NatsConnection } from "@nats-io/transport-node";
import { Complaint } from "../complaint.js";
import {
  connectNats,
  hostsOf,
  accessOf,
  type NatsPackages,
  natsPackages,
  type NatsServer,
} from "../../nats/server.js";
import { eventSubject, gatewayInbox } from "../../nats/subjects.js";
import { atMost, Pause } from "../pause.js";
import type { PublishedLine, PublishTarget } from "./publisher.js";
import { Spool } from "./spool.js";

/** ms in which the server has to say that it keeps a message. */
const ACKNOWLEDGED_WITHIN = 5000;
/** ms until a failed try is repeated; doubled up to the longest. */
const RETRY = { first: 500, longest: 30_000 } as const;
/** ms until it is looked for new lines where nothing wakes it. */
const LOOK_EVERY = 1000;
const ID = /"id":"([A-Za-z0-9_-]+:[0-9a-z]+:\d+)"/;

export interface NatsTargetOptions {
  readonly gateway: string;
  /** A folder; the gateway has one of its own in it. */
  readonly spool: string;
  readonly spoolBytes: number;
  readonly say: (message: Message) => void;
}

/**
 * Published lines in a JetStream stream. Each goes to the spool first, and leaves it when the server has said that it keeps it: a
 * line that is cut, or a program that is killed, costs nothing but time. A line that is sent again has the same message ID.
 */
export class NatsPublishTarget implements PublishTarget {
  readonly #server: NatsServer;
  readonly #options: NatsTargetOptions;
  readonly #trouble: Complaint;
  readonly #pause = new Pause();
  #spool: Spool | null = null;
  #connection: NatsConnection | null = null;
  #running: Promise<void> | null = null;
  #isDrained = false;
  #isEnding = false;
  #lostTold = 0;

  constructor(server: NatsServer, options: NatsTargetOptions) {
    this.#server = server;
    this.#options = options;
    this.#trouble = new Complaint(options.say, 600_000);
  }

  async open(): Promise<void> {
    const packages = natsPackages();
    // A fault of the files is to be known at once; a server that is not there is waited for.
    await accessOf(packages.transport, this.#server);
    const { spool, spoolBytes, gateway } = this.#options;
    this.#spool = await Spool.open(join(spool, gateway), { bytes: spoolBytes });
    this.#running = this.#run(packages, this.#spool);
  }

  add({ line }: PublishedLine): void {
    this.#isDrained = false;
    this.#spool?.append(line);
    this.#pause.cutShort();
  }

  reopen(): void {
    // Nothing is open that a log rotation would move away.
  }

  async end(graceMs: number): Promise<boolean> {
    const spool = this.#spool;
    if (spool === null) return true;
    await atMost(graceMs, spool.flush());
    const until = performance.now() + graceMs;
    while (!this.#isDrained && performance.now() < until) await atMost(20, new Promise(() => {}));
    this.#isEnding = true;
    this.#pause.cutShort();
    if (this.#connection === null) return spool.trouble === null;
    await atMost(graceMs, this.#running ?? Promise.resolve());
    await atMost(graceMs, this.#connection?.close() ?? Promise.resolve());
    // The rest is in the spool, for the next run.
    return spool.trouble === null;
  }

  async #run(packages: NatsPackages, spool: Spool): Promise<void> {
    let retry: number = RETRY.first;
    while (!this.#isEnding) {
      try {
        this.#connection ??= await this.#connect(packages);
        await this.#send(packages, this.#connection, spool);
        retry = RETRY.first;
        this.#trouble.over();
        await this.#pause.wait(LOOK_EVERY);
      } catch (error) {
        if (this.#isEnding) return;
        this.#trouble.tell(
          say`${verbatim(hostsOf(this.#server))} does not take events (tried again, kept in the spool): ${errorMessage(error)}`,
        );
        if (this.#connection?.isClosed() === true) this.#connection = null;
        await new Pause().wait(retry);
        retry = Math.min(RETRY.longest, retry * 2);
      } finally {
        this.#tellLost(spool);
      }
    }
  }

  async #connect(packages: NatsPackages): Promise<NatsConnection> {
    const { gateway } = this.#options;
    const connection = await connectNats(packages, this.#server, {
      name: `ikescope ${gateway}`,
      inbox: gatewayInbox(gateway),
      waits: true,
    });
    void tellErrors(connection, (refusal) =>
      this.#options.say(say`${verbatim(hostsOf(this.#server))}: ${refusal}`),
    );
    return connection;
  }

  /** Sends all there is; throws where a message is not acknowledged. */
  async #send({ jetstream }: NatsPackages, connection: NatsConnection, spool: Spool): Promise<void> {
    const client = jetstream.jetstream(connection, { timeout: ACKNOWLEDGED_WITHIN });
    const most = connection.info?.max_payload ?? Infinity;
    for (;;) {
      const { lines, end } = await spool.read();
      if (lines.length === 0) break;
      const sent = await Promise.allSettled(
        lines.flatMap((line) => {
          const msgID = ID.exec(line)?.[1];
          // Neither a line that was damaged on disk nor one that no server takes may hold up what comes after it.
          if (msgID === undefined || line.length > most) return [];
          return client.publish(eventSubject(this.#options.gateway), line, { msgID });
        }),
      );
      const failed = sent.find((result) => result.status === "rejected");
      if (failed !== undefined) throw failed.reason;
      await spool.acknowledge(end);
    }
    await spool.flush();
    this.#isDrained = (await spool.read()).lines.length === 0;
  }

  #tellLost(spool: Spool): void {
    if (spool.trouble !== null) this.#trouble.tell(say`--spool: ${spool.trouble}`);
    if (spool.lost === this.#lostTold) return;
    const more = spool.lost - this.#lostTold;
    this.#lostTold = spool.lost;
    this.#options.say(say`${more} events were given up: the spool is full`);
  }
}

/** Says what the server refuses, each text once. */
async function tellErrors(connection: NatsConnection, tell: (message: Message) => void): Promise<void> {
  const said = new Set<string>();
  for await (const status of connection.status()) {
    if (status.type !== "error" || said.has(status.error.message) || said.size > 10) continue;
    said.add(status.error.message);
    tell(literal(status.error.message));
  }
}
