#!/bin/bash
# stop.sh   Stops every server that the tests may have started.
. "$(dirname "$0")/lib.sh"
for name in mastodon atproto mail postgres fakellm fedify; do "$KIT/$name.sh" stop > /dev/null || true; done
