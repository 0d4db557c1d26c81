#!/bin/bash
# atproto.sh start|stop   A Bluesky PDS and a PLC directory on loopback; every start is empty.
#   PDS_PORT=2583 PLC_PORT=2582 ADMIN_PASSWORD=admin-pass INVITE_REQUIRED=1 RATE_LIMITS=1 SMTP_URL=smtp://127.0.0.1:1025 LOG_ENABLED=true
#   Trusts atproto/ca.pem (key beside it), and *.lan is loopback to it: so the metadata of a confidential OAuth client may lie at https://pesue.corp.lan:PORT.
. "$(dirname "$0")/lib.sh"
export PDS_PORT=${PDS_PORT:-2583} PLC_PORT=${PLC_PORT:-2582} LOG_ENABLED=${LOG_ENABLED:-false}

start() {
  need "$PEERS/pds/node_modules/@atproto/pds" atproto
  begin atproto PDS_PORT PLC_PORT
  local d=$PEERS/atproto
  rm -rf "$d/data"
  mkdir "$d/data"
  [ -f "$d/ca.key" ] || "$PEERS/venv/bin/python" -c "
import sys, trustme
ca = trustme.CA()
ca.cert_pem.write_to_path(sys.argv[1] + '/ca.pem')
ca.private_key_pem.write_to_path(sys.argv[1] + '/ca.key')" "$d"
  NODE_EXTRA_CA_CERTS=$d/ca.pem launch atproto "$NODE" -r "$KIT/loopback.cjs" -r "$KIT/lan_dns.cjs" "$KIT/pds.mjs"
  await atproto http "http://localhost:$PDS_PORT/xrpc/_health"
  ready atproto "{\"url\": \"http://localhost:$PDS_PORT\", \"plc\": \"http://localhost:$PLC_PORT\", \"ca\": \"$d/ca.pem\", \"ca_key\": \"$d/ca.key\", \"handles\": \"*.test\"}"
}
peer atproto "$@"
