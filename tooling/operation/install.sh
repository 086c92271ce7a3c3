#!/bin/sh
# Installs an unpacked bundle as a service of systemd. Run as root in the unpacked folder:
#   ./install.sh [<program folder>] [<data folder>]
# Run again with a newer bundle, it upgrades: data and key stay, and the new release backs them up before it changes them.
set -eu
program=${1:-/opt/doorstep}
data=${2:-/var/lib/doorstep}
root=${DOORSTEP_ROOT-}
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)

if [ -z "$root" ]; then
  [ "$(id -u)" = 0 ] || { echo "Run this as root: it makes an account and a service." >&2; exit 1; }
  command -v systemctl >/dev/null || { echo "There is no systemd here. Start it by hand: $here/doorstep serve" >&2; exit 1; }
  id doorstep >/dev/null 2>&1 || useradd --system --home-dir "$data" --shell /usr/sbin/nologin doorstep
  if systemctl is-active --quiet doorstep; then systemctl stop doorstep; fi
fi

# the new one is complete before the old one goes
mkdir -p "$root$(dirname "$program")" "$root$data" "$root/etc/systemd/system"
rm -rf "$root$program.new"
cp -a "$here" "$root$program.new"
rm -rf "$root$program.old"
[ ! -e "$root$program" ] || mv "$root$program" "$root$program.old"
mv "$root$program.new" "$root$program"
sed -e "s#/opt/doorstep#$program#g" -e "s#/var/lib/doorstep#$data#g" "$here/tooling/operation/doorstep.service" \
  >"$root/etc/systemd/system/doorstep.service"
[ -e "$root/etc/doorstep.env" ] || cp "$here/tooling/operation/doorstep.env" "$root/etc/doorstep.env"

if [ -z "$root" ]; then
  chown -R doorstep: "$data"
  chmod 0700 "$data"
  systemctl daemon-reload
  systemctl enable --now doorstep
  echo "Doorstep runs. The address of the set-up page stands in: journalctl -u doorstep"
fi
