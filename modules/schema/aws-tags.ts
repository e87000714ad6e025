import { z } from "zod";
import { examples } from "./examples";

/** Tags of AWS resources by key. Default: none. Source: Tag Editor user guide, "Tag naming limits and requirements". */
export const awsTags = z
  .record(
    z
      .string()
      .regex(
        /^(?!aws:)[\p{L}\p{N} +=._:/@-]{1,128}$/iu,
        "a tag's key has letters, digits, spaces and + - = . _ : / @, at most 128, and does not begin with aws:",
      )
      .register(examples, { example: "CostCenter" }),
    z
      .string()
      .regex(
        /^[\p{L}\p{N} +=._:/@-]{0,256}$/u,
        "a tag's value has letters, digits, spaces and + - = . _ : / @, at most 256",
      )
      .register(examples, { example: "platform" }),
  )
  .default({});
