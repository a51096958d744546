#!/bin/sh
# Installs the Debian packages that the project builds and tests with; does nothing where all are there.
set -eu
packages="gcc g++ make flex bison pkg-config libintelrdfpmath-dev libsimdjson-dev libgmp-dev nettle-dev libical-dev libcmocka-dev jq"
missing=""
for p in $packages; do
    dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $p"
done
[ -z "$missing" ] && exit 0
sudo=""
[ "$(id -u)" = 0 ] || sudo=sudo
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -q
# shellcheck disable=SC2086
$sudo apt-get install -q -y --no-install-recommends $missing
