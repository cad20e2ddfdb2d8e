/** Nothing can be judged, and nothing is wrong with the files: why, in a line. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}
