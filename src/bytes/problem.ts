/** The field that declared how long a thing is; a length error names the one that was wrong. */
export type LengthSource =
  | "capture record"
  | "link layer"
  | "IPv4 total length"
  | "IPv4 header length"
  | "IPv6 payload length"
  | "IPv6 extension header"
  | "UDP length"
  | "TCP data offset"
  | "AH payload length"
  | "encapsulated packet"
  | "ICMP quotation"
  | "enclosing packet"
  | "IKE header length"
  | "IKE payload length"
  | "IKE proposal length"
  | "IKE transform length"
  | "IKE attribute length"
  | "IKE SPI size"
  | "ESP header";

/**
 * Why decoding stopped. `offset` is the position of the byte at fault, counted from the start of the unit
 * that was being decoded (an IKE message, a packet); `required` and `available` are byte counts.
 */
export interface DecodeProblem {
  /** Name of the field that was being read: "payload body", "transform". */
  readonly what: string;
  readonly offset: number;
  readonly required: number;
  readonly available: number;
  readonly declaredBy: LengthSource;
  /** Set where the fault is not a length: a value that the protocol does not allow there. */
  readonly detail?: string;
}

/**
 * The one error class of the strict readers; lax decoders catch it and keep `problem` beside what they have. It has no
 * stack: a hostile capture throws millions of them, and the position that matters is in the problem.
 */
export class DecodeError extends Error {
  readonly problem: DecodeProblem;

  constructor(problem: DecodeProblem) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(describeProblem(problem));
    Error.stackTraceLimit = limit;
    this.name = "DecodeError";
    this.problem = problem;
  }
}

/** One sentence with the numbers, for people. */
export function describeProblem(problem: DecodeProblem): string {
  const where = `at byte ${problem.offset}`;
  if (problem.detail !== undefined) return `${problem.what} ${where}: ${problem.detail}`;
  return (
    `${problem.what} ${where} needs ${problem.required} bytes, ${problem.available} are there ` +
    `(length declared by ${problem.declaredBy})`
  );
}
