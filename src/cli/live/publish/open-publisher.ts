import { networkInterfaces } from "node:os";
import type { Message } from "../../../texts/message.js";
import { FilePublishTarget } from "./file-publish-target.js";
import { NatsPublishTarget } from "./nats-publish-target.js";
import { Publisher, type PublishTarget } from "./publisher.js";
import type { PublishTerms } from "./publish-terms.js";

/** A publisher and where it publishes to. */
export interface Publishing {
  readonly publisher: Publisher;
  readonly target: PublishTarget;
}

/** The publisher that the terms ask for; nothing of it is open yet. */
export function publishingOf(
  { gateway, labels, to }: PublishTerms,
  tell: (message: Message) => void,
): Publishing {
  const target = targetOf(to, gateway, tell);
  return { target, publisher: new Publisher(target, gateway, labels) };
}

function targetOf(to: PublishTerms["to"], gateway: string, tell: (message: Message) => void): PublishTarget {
  if (to.kind === "file") return new FilePublishTarget(to.file, tell);
  const { server, spool, spoolBytes } = to;
  return new NatsPublishTarget(server, { gateway, spool, spoolBytes, say: tell });
}

/** Addresses that this host has on an interface, or on all of them for "any". */
export function ownAddresses(name: string): string[] {
  const all = networkInterfaces();
  const of = name === "any" ? Object.values(all) : [all[name]];
  return of.flatMap((addresses = []) =>
    addresses.filter(({ internal }) => !internal).map(({ address }) => address),
  );
}
