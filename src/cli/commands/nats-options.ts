import { Option } from "commander";

/** By what a NATS server lets in, for all commands that go to one. */
export function natsCredsOption(): Option {
  return new Option("--nats-creds <file>", "a NATS credentials file, or one with the seed of an NKey");
}

/** Certificates for tls://. */
export function natsCaOption(): Option {
  return new Option("--nats-ca <file>", "trust these certificates of a NATS server, and use TLS");
}
