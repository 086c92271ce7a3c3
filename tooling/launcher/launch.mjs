// Entry of `npm start` and `npm test`: runs on Node 20 with npm alone, before anything is installed.
const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 20) {
  process.stderr.write(
    `Doorstep needs Node 20 or later to start; this is ${process.version}. See https://nodejs.org\n`,
  );
  process.exit(1);
}
const { main } = await import("./src/main.mjs");
process.exitCode = await main(process.argv.slice(2));
