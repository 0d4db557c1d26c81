#!/bin/bash
# fakellm.sh start|stop   PyPI fakellm: OpenAI-shaped answers by the rules below.   FAKELLM_PORT=8701
. "$(dirname "$0")/lib.sh"
FAKELLM_PORT=${FAKELLM_PORT:-8701}

start() {
  need "$PEERS/venv/bin/fakellm" fakellm
  begin fakellm FAKELLM_PORT
  cd "$PEERS/fakellm"
  cat > fakellm.yaml << 'RULES'
version: 1
defaults:
  fallback: deterministic_echo
rules:
  - name: a wording
    when:
      messages_contain: "pictures of customers"
    respond:
      content: "“Ask the people in the picture, then show it.”"
  - name: rubbish
    when:
      messages_contain: "rumours"
    respond:
      content: "One.\n\nTwo, and more\nthan was asked"
  - name: too many
    when:
      messages_contain: "competitors"
    respond:
      status: 429
      error: "Rate limit exceeded"
RULES
  launch fakellm "$PEERS/venv/bin/fakellm" serve --host 127.0.0.1 --port "$FAKELLM_PORT"
  await fakellm tcp "$FAKELLM_PORT"
  ready fakellm "{\"url\": \"http://127.0.0.1:$FAKELLM_PORT/v1\"}"
}
peer fakellm "$@"
