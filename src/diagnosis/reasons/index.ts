import { ALIBABA_CLOUD_REASONS } from "./alibaba-cloud.js";
import { AWS_REASONS } from "./aws.js";
import { AZURE_REASONS } from "./azure.js";
import { CISCO_REASONS } from "./cisco.js";
import { FORTIGATE_REASONS } from "./fortigate.js";
import { H3C_REASONS } from "./h3c.js";
import { HUAWEI_REASONS } from "./huawei.js";
import { JUNIPER_SRX_REASONS } from "./juniper-srx.js";
import { LIBRESWAN_REASONS } from "./libreswan.js";
import { MIKROTIK_REASONS } from "./mikrotik.js";
import { PALO_ALTO_REASONS } from "./palo-alto.js";
import { STRONGSWAN_REASONS } from "./strongswan.js";
import { TENCENT_CLOUD_REASONS } from "./tencent-cloud.js";
import { WINDOWS_REASONS } from "./windows.js";
import { ZYXEL_REASONS } from "./zyxel.js";
import type { ReasonTable } from "./reason.js";

/** Reasons of all products and services. */
export const REASON_TABLES: readonly ReasonTable[] = [
  HUAWEI_REASONS,
  ALIBABA_CLOUD_REASONS,
  TENCENT_CLOUD_REASONS,
  AWS_REASONS,
  AZURE_REASONS,
  FORTIGATE_REASONS,
  CISCO_REASONS,
  JUNIPER_SRX_REASONS,
  MIKROTIK_REASONS,
  PALO_ALTO_REASONS,
  H3C_REASONS,
  STRONGSWAN_REASONS,
  LIBRESWAN_REASONS,
  WINDOWS_REASONS,
  ZYXEL_REASONS,
];
