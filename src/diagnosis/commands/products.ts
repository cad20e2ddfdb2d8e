import { ALIBABA_CLOUD } from "./alibaba-cloud.js";
import { AWS } from "./aws.js";
import { AZURE } from "./azure.js";
import { CHECK_POINT } from "./check-point.js";
import { CISCO_ASA } from "./cisco-asa.js";
import { CISCO_IOS } from "./cisco-ios.js";
import { FORTIGATE } from "./fortigate.js";
import { GOOGLE_CLOUD } from "./google-cloud.js";
import { H3C } from "./h3c.js";
import { HILLSTONE } from "./hillstone.js";
import { HUAWEI } from "./huawei.js";
import { JUNIPER_SRX } from "./juniper-srx.js";
import { LIBRESWAN } from "./libreswan.js";
import { LINUX } from "./linux.js";
import { MIKROTIK } from "./mikrotik.js";
import { OPENIKED } from "./openiked.js";
import { OPNSENSE } from "./opnsense.js";
import { PALO_ALTO } from "./palo-alto.js";
import { PFSENSE } from "./pfsense.js";
import type { ProcedureName } from "./procedure.js";
import type { Product } from "./product.js";
import { RUIJIE } from "./ruijie.js";
import { SANGFOR } from "./sangfor.js";
import { SONICWALL } from "./sonicwall.js";
import { STRONGSWAN } from "./strongswan.js";
import { VYOS } from "./vyos.js";
import { WINDOWS } from "./windows.js";

/** All products whose commands are known, in the order in which they are shown. */
export const PRODUCTS: readonly Product[] = [
  STRONGSWAN,
  LIBRESWAN,
  LINUX,
  WINDOWS,
  CISCO_IOS,
  CISCO_ASA,
  FORTIGATE,
  PALO_ALTO,
  JUNIPER_SRX,
  CHECK_POINT,
  SONICWALL,
  MIKROTIK,
  PFSENSE,
  OPNSENSE,
  VYOS,
  OPENIKED,
  AWS,
  AZURE,
  GOOGLE_CLOUD,
  HUAWEI,
  H3C,
  HILLSTONE,
  SANGFOR,
  RUIJIE,
  ALIBABA_CLOUD,
];

/** Those that everybody can run, for a reader whose product is not known. */
export const COMMON_PRODUCTS: readonly Product[] = [STRONGSWAN, LIBRESWAN, LINUX];

/** Every word that names a product. */
export const PRODUCT_WORDS: readonly string[] = PRODUCTS.flatMap(({ id, alsoCalled = [] }) => [
  id,
  ...alsoCalled,
]);

/** The product of that name, ID or other word, upper or lower case, blanks and hyphens being the same; null where there is none. */
export function productCalled(word: string): Product | null {
  const wanted = plain(word);
  return (
    PRODUCTS.find(({ name, id, alsoCalled = [] }) =>
      [name, id, ...alsoCalled].some((own) => plain(own) === wanted),
    ) ?? null
  );
}

function plain(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, "-");
}

/** The products that an implementation may be; none where it is not known, or may be one without commands here. */
export function productsOf(implementation: string): readonly Product[] {
  return PRODUCTS.filter(
    ({ name, implementations }) => name === implementation || implementations.includes(implementation),
  );
}

/** How a procedure is done at a product: by its own commands, else by those of its system; none where neither has any. */
export function commandsOf(product: Product, procedure: ProcedureName): readonly string[] {
  return product.commands[procedure] ?? product.system?.commands[procedure] ?? [];
}
