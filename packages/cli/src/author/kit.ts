#!/usr/bin/env node
import process from "node:process";
import { runCli } from "../run-cli.ts";
import { authorVerbs } from "./verbs-of-authors.ts";

// The command line beside a module, without a platform.
process.exitCode = await runCli(
  process.argv.slice(2),
  {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
  },
  authorVerbs,
);
