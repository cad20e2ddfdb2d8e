import { say, listed } from "../../texts/message.js";
import { closestWord } from "../../bytes/closest.js";
import type { Product } from "../../diagnosis/commands/product.js";
import { productCalled, PRODUCT_WORDS, PRODUCTS } from "../../diagnosis/commands/products.js";
import type { ToldProducts } from "../../diagnosis/commands/told.js";
import { UsageError, literal } from "../exit.js";

/** Reads the name of a product. One that is not known is a UsageError, with the name that was probably meant. */
export function productOf(text: string): Product {
  const product = productCalled(text);
  if (product !== null) return product;
  const meant = closestWord(text, PRODUCT_WORDS);
  const hint =
    meant === null ? say`; there are ${listed(PRODUCTS.map(({ id }) => id))}` : say`; did you mean ${meant}?`;
  throw new UsageError(say`--product knows no "${literal(text)}"${hint}`);
}

/** Reads LEFT,RIGHT: the products of whoever begins and of whoever answers. One of them may be left out, as in ",huawei". */
export function productsOfPeers(text: string): ToldProducts {
  const [left = "", right = "", ...more] = text.split(",");
  if (more.length > 0 || (left.trim() === "" && right.trim() === "")) {
    throw new UsageError(
      say`--product takes the products of who begins and of who answers, as in strongswan,huawei, not "${literal(text)}"`,
    );
  }
  return [left.trim() === "" ? null : productOf(left), right.trim() === "" ? null : productOf(right)];
}
