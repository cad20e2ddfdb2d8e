import type { LiveBackend, LiveCapture, LiveOptions } from "./live-capture.js";

/** The meaning of a line of a tool's standard error. */
export type Said =
  | { readonly kind: "running" }
  /** Packets that were lost so far. */
  | { readonly kind: "drops"; readonly count: number }
  /** It cannot go on, as the interface is not there any more. */
  | { readonly kind: "interface-gone" }
  | { readonly kind: "bad-filter"; readonly reason: string }
  /** Something has to be installed. */
  | { readonly kind: "missing"; readonly advice: string }
  /** A line that tells nothing about the capture. */
  | { readonly kind: "noise" }
  /** Perhaps the reason why it ends. */
  | { readonly kind: "words" };

/** A program that writes a pcap stream to its standard output, and how to speak with it. */
export interface Tool {
  readonly backend: LiveBackend;
  readonly clock: LiveCapture["clock"];
  /** Path of the program, and its arguments. Throws LiveError where it cannot be run. */
  command(options: LiveOptions): readonly [string, ...string[]];
  hear(line: string): Said;
  /** Advice for a user whom the kernel does not let capture. */
  readonly permissionAdvice: string;
  /** Looks for the fault in the filter where the tool itself did not say that it lies there. */
  blamesFilter?(options: LiveOptions): Promise<boolean>;
}
