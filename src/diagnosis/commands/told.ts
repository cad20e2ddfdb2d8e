import type { Implementation } from "../../session/implementation.js";
import type { Product } from "./product.js";

/** The products of whoever begins and of whoever answers, as the user knows them; null where he does not. */
export type ToldProducts = readonly [Product | null, Product | null];

/** The product that the user names, else the one that the capture shows, which names none for certain. */
export function toldOr(
  product: Product | null | undefined,
  shown: Implementation | null,
): Implementation | null {
  return product === null || product === undefined
    ? shown
    : { name: product.name, by: "told", confidence: "likely" };
}
