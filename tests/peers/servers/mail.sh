#!/bin/bash
# mail.sh start|stop   PyPI aiosmtpd: takes every mail and keeps it in a Maildir.   SMTP_PORT=1026
. "$(dirname "$0")/lib.sh"
SMTP_PORT=${SMTP_PORT:-1026}

start() {
  need "$PEERS/venv/bin/aiosmtpd" mail
  begin mail SMTP_PORT
  rm -rf "$PEERS/mail/box"
  launch mail "$PEERS/venv/bin/aiosmtpd" -n -l "127.0.0.1:$SMTP_PORT" -c aiosmtpd.handlers.Mailbox "$PEERS/mail/box"
  await mail tcp "$SMTP_PORT"
  ready mail "{\"host\": \"127.0.0.1\", \"port\": $SMTP_PORT, \"box\": \"$PEERS/mail/box\"}"
}
peer mail "$@"
