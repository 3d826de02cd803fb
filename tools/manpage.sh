#!/bin/sh
# Writes docs/lexo.1 from the option and command tables, as `lexo help` shows them, to standard output.
# usage: manpage.sh LEXO VERSION
# SPDX-License-Identifier: Apache-2.0
set -eu
lexo=$1
version=$2
COLUMNS=100 NO_COLOR=1
export COLUMNS NO_COLOR

# Help text to roff: an indented line that begins with an option or a word starts a paragraph with a tag.
body() {
	awk '
		function roff(text) {
			gsub(/\\/, "\\e", text)
			gsub(/-/, "\\-", text)
			sub(/^[.\047]/, "\\\\\\&&", text)
			return text
		}
		/^usage:/ { next }
		/^$/ { if (printed) print ".PP"; next }
		/^ +(-|--|[a-z])/ && match($0, /^ +[^ ].*[^ ]  +/) {
			tag = substr($0, 1, RLENGTH)
			rest = substr($0, RLENGTH + 1)
			gsub(/^ +| +$/, "", tag)
			print ".TP\n.B " roff(tag) "\n" roff(rest)
			printed = 1
			next
		}
		/^[a-z]+   +[^ ]/ { tag = $1; sub(/^[a-z]+ +/, ""); print ".TP\n.B " tag "\n" roff($0); printed = 1; next }
		{ sub(/^ +/, ""); print roff($0); printed = 1 }'
}

cat <<END
.\\" Made by make docs; do not edit.
.TH LEXO 1 "" "lexo $version" "User commands"
.SH NAME
lexo \\- compile schema models into C bindings and PostgreSQL migrations, and apply them
.SH SYNOPSIS
.B lexo
.RI [ option ...]
.I command
.RI [ option ...]
.RI [ operand ...]
.SH DESCRIPTION
Compiles .lexo models into C bindings and versioned SQL migrations for PostgreSQL, and applies the migrations with
checksum verification.
.SH OPTIONS OF EVERY COMMAND
END
"$lexo" --help | sed -n '/^Options of every command:/,/^$/p' | sed 1d | body
echo '.SH COMMANDS'
"$lexo" --help | awk '/^Options of every/ { exit } /^  [a-z_]+  +/ { print $1 }' | while read -r command; do
	usage=$("$lexo" help "$command" | sed -n 's/^usage: //p')
	printf '.SS %s\n' "$(printf %s "$usage" | sed 's/-/\\-/g')"
	"$lexo" help "$command" | sed '/^Options of every command:/,$d; /^Options:$/d' | body
done
cat <<'END'
.SH ENVIRONMENT
.TP
.B LEXO_DATABASE_URL, DATABASE_URL
the database, unless \-\-url names one; then libpq's PG* variables
.TP
.B LEXO_CONFIG
the configuration file
.TP
.B NO_COLOR
no colours
.SH EXIT STATUS
0 done; 1 any other error; 2 usage, or the models do not compile; 3 the check says no; 4 cannot connect; 5 a checksum differs;
6 lock or timeout, nothing changed; 7 a revision failed and was rolled back; 8 a step outside a transaction is part applied;
9 outcome unknown; 10 refused; 11 unknown or ambiguous revision; 128+n ended by signal n.
.SH SEE ALSO
.BR psql (1)
END
