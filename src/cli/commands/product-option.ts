import { Option } from "commander";
import { productsOfPeers } from "../values/product.js";

/** The products of the two peers, for all commands that judge. */
export function productOption(): Option {
  return new Option(
    "--product <left,right>",
    "the products of who begins and who answers, as in 'strongswan,huawei' or ',aws': findings show their commands",
  ).argParser(productsOfPeers);
}
