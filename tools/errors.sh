#!/bin/sh
# Writes docs/errors.md from what `lexo explain` says, to standard output.   usage: errors.sh LEXO
# SPDX-License-Identifier: Apache-2.0
set -eu
cat <<'END'
# Error codes

Made by `make docs` from the tables of codes; `lexo explain CODE` says the same. E: errors in a model, W: warnings, L: everything
that has no place in a model. A code never changes its meaning.
END
"$1" explain | while read -r code title; do
	printf '\n## %s: %s\n' "$code" "$title"
	"$1" explain "$code" | sed 1d
done
