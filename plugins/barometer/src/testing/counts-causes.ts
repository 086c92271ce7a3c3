import { definePlugin, type Text } from "@doorstep/sdk";
import { pluginServer } from "@doorstep/sdk/server";

export const text = (en: string): Text => ({ "zh-CN": en, en });

/** A module that counts causes, by the name that the barometer knows; what is released of it the tests write themselves. */
export const countsCauses = pluginServer(
  definePlugin({ id: "root-cause", title: text("Root causes"), purpose: text("Counts causes."), sdk: "^1.0.0" }),
  {
    datasets: {
      petitions: {
        title: text("Petitions by cause"),
        dimensions: {
          kind: {
            title: text("Cause"),
            values: { money: text("money"), shifting: text("shifting"), other: text("other") },
          },
        },
        measures: {},
        live: () => null,
      },
    },
  },
);
