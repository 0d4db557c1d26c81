#!/bin/bash
# fedify.sh start|stop|status   npm @fedify/fedify: a fediverse server with actors /users/NAME and /users/many-0 to many-9999, in memory.
#   FEDIFY_PORT=8310 FEDIFY_HOST=127.0.0.1 FEDIFY_ACTORS=bo,eva FEDIFY_LOG=error (debug says why a signature was refused)
#   FEDIFY_NAME=fedify-server: a second one beside it needs another name and another port.
. "$(dirname "$0")/lib.sh"
export FEDIFY_PORT=${FEDIFY_PORT:-8310} FEDIFY_HOST=${FEDIFY_HOST:-127.0.0.1} FEDIFY_ACTORS=${FEDIFY_ACTORS:-bo,eva}
name=${FEDIFY_NAME:-fedify-server} # $PEERS/fedify holds the packages

start() {
  need "$PEERS/fedify/node_modules/@fedify/fedify" fedify
  begin "$name" FEDIFY_PORT
  local url=http://127.0.0.1:$FEDIFY_PORT
  launch "$name" "$NODE" "$KIT/fedify.mjs"
  await "$name" http "$url/control/counted"
  ready "$name" "{\"url\": \"http://$FEDIFY_HOST:$FEDIFY_PORT\"}"
}
peer "$name" "$@"
