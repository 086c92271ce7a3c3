const SUPPORTED = new Set(["linux-x64", "linux-arm64", "darwin-arm64"]);

/** @typedef {{ platform: string, arch: string, glibc: boolean }} Machine */

/** @returns {Machine} */
function thisMachine() {
  const { platform, arch } = process;
  if (platform !== "linux") return { platform, arch, glibc: true };
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return { platform, arch, glibc: report.header?.glibcVersionRuntime !== undefined };
}

/**
 * Says why Doorstep does not run on a machine and what to use instead.
 *
 * @param {Machine} [machine]
 * @returns {string | undefined} nothing when it does run.
 */
export function unsupportedReason(machine = thisMachine()) {
  const { platform, arch, glibc } = machine;
  if (SUPPORTED.has(`${platform}-${arch}`) && glibc) return;
  const here = platform === "linux" && !glibc ? `${platform}-${arch} with musl` : `${platform}-${arch}`;
  const instead =
    platform === "win32"
      ? "Use WSL 2 (Windows Subsystem for Linux) with Ubuntu or Debian, or a Linux container."
      : "Use a Linux container based on Debian or Ubuntu (x64 or arm64).";
  return `Doorstep does not run on ${here}. It runs on Linux x64 and arm64 (glibc) and on macOS arm64. ${instead}`;
}
