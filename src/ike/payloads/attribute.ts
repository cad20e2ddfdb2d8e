/** An attribute of a transform or of a configuration payload (RFC 7296 3.3.5, RFC 2408 3.3). */
export interface TransformAttribute {
  readonly type: number;
  /** The value where it fits a number of at most 48 bits; else null, and `bytes` has it. */
  readonly value: number | null;
  /** Set for the variable-length form (AF bit clear). */
  readonly bytes: Uint8Array | null;
}
