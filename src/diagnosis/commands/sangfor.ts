import type { Product } from "./product.js";

/** Sangfor gateways, by their web interface. */
export const SANGFOR: Product = {
  name: "Sangfor",
  id: "sangfor",
  alsoCalled: ["深信服"],
  implementations: [],
  commands: {
    route: ["故障排查: 定向数据流分析"],
    proposals: ["第三方对接 > 第一阶段 > 高级: D-H群"],
    version: ["第三方对接 > 第一阶段 > 高级: 支持模式"],
    credentials: ["第三方对接 > 第一阶段: 设备地址类型"],
    lifetimes: ["第三方对接 > 第一阶段 > 高级: ISAKMP存活时间"],
  },
};
