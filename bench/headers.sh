# What generated headers cost a compiler, beside libpq's with those of C that programs over it include; and how much code a
# model is.  Sourced by run.sh, which has the words.
# SPDX-License-Identifier: Apache-2.0
mkdir -p "$work/headers/models" "$work/headers/migrations"
generate 100 "$work/headers"
rm -r "$work/headers/migrations"
in_folder "$work/headers" "$LEXO" compile -q >/dev/null
(
	cd "$work/headers"
	echo '#include "generated/app_models.h"' >all.c
	printf '#include "generated/%s"\n' "$(cd generated && printf '%s\n' app_*.h | grep -vE '_(models|types|migrations)\.h$' | sed -n 50p)" >one.c
	printf '#include <%s>\n' libpq-fe.h stdio.h stdlib.h string.h >libpq.c
)
# shellcheck disable=SC2046 # flags are words
header() { in_folder "$work/headers" once 20 ${CC:-gcc} -std=c11 -fsyntax-only -I "$here/../include" $(${PKG_CONFIG:-pkg-config} --cflags libpq) "$1"; }
libpq=$(header libpq.c)
row 'to compile the header of one model' "$(header one.c)" '50 ms' 'libpq, stdio, stdlib, string' "$libpq"
row 'to compile the header of 100 models' "$(header all.c)" '300 ms' 'the same' "$libpq"
(
	cd "$work/headers"
	rm -f generated/app_types.c
	for file in generated/app_*.c; do ${CC:-gcc} -std=c11 -O2 -I "$here/../include" -c -o "${file%.c}.o" "$file"; done
	size generated/app_*.o | awk 'NR > 1 { text += $1; data += $2 + $3 }
		END { printf "%-52s %8.0f bytes of code and constants, %.0f of other data\n", "a model of 11 columns, -O2", text / (NR - 1), data / (NR - 1) }'
)
