# Names and texts in every place of a model that would be code if they could: PostgreSQL has exactly those names afterwards, and
# the C made from them compiles strictly and runs.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/bindings/lib.sh"
long=$(printf '%063d' 0 | tr 0 n)
wide=$(printf '%031d' 0 | sed 's/0/ö/g')x
names=('a"b' '"q' "it's" "'s" '*/ int broken; /*' '// gone' '/* open' '%s%n%d%%' $'new\nline' 'back\slash' 'end\' 'a $$ b' '$body$' '$1'
	'??/' '🦀 crab' int class restrict select user table null char "'; DROP TABLE x; --" '"); --' '`tick`' '``2' '@id' '{brace}'
	'(paren' ' lead' 'trail ' 'UPPER Case' 'ünïcödé' '#define X' '\u0041' lexo_db ':name' 'x -- y' "E'\\''" 1digit '[]3' $'two\n\nlines' "$long"
	"$wide" 'index' 'model' '-4' ';5' 'current_user' 'public')

quoted() { printf '"%s"' "${1//\"/\"\"}"; }
text() { printf "'%s'" "${1//\'/\'\'}"; }
# v LETTER NAME: another name of at most 63 bytes.
v() {
	local name=$2
	[ "$(printf %s "$name" | wc -c)" -lt 63 ] || name=${name:1}
	[ "$(printf %s "$name" | wc -c)" -lt 63 ] || name=${name:1}
	printf '%s%s' "$1" "$name"
}
q() { quoted "$(v "$1" "$2")"; }
expect() { printf '%s|%s\n' "$1" "${2//$'\n'/<newline>}" >>expected; }

mkdir models
roles=()
{
	echo 'lexo 1'
	printf 'enum Labels {\n'
	for name in "${names[@]}"; do
		text "$name"
		echo
		expect label "$name"
	done
	printf '}\ncomposite Fields {\n'
	for name in "${names[@]}"; do
		echo "$(quoted "$name") text"
		expect field "$name"
	done
	echo '}'
	i=0
	for name in "${names[@]}"; do
		i=$((i + 1))
		n=$(quoted "$name") s=$(text "$name") b=$(quoted "${name//\`/\`\`}") comment=${name//$'\n'/ } comment=${comment% }
		roles+=("$(v "r$$" "${name:0:25}")")
		role=$(quoted "${roles[-1]}")
		cat <<-MODEL
			role $role @external
			schema $(q h "$name")
			enum $(q e "$name") { a, $s }
			domain $(q d "$name") text = $s check $n \`VALUE <> ''\`
			composite $(q o "$name") { a text }
			sequence $(q s "$name")
			/// $comment
			model M$i @table($s) @rls {
			  /// $comment
			  $n int4 @id
			  "t$i" text = $s
			  label Labels = $s
			  typed $(q e "$name")? = $s
			  named $(q d "$name")?
			  whole $(q o "$name")?
			  ref int4?
			  span int4range?
			  check $n \`$b >= 0\`
			  foreign key $(q f "$name") (ref) -> M$i ($n)
			  unique $(q u "$name") ($n, ref)
			  exclude $(q x "$name") using gist (span with '&&')
			  index $(q i "$name") ($n)
			  policy $n for select to $role using \`$b > 0\`
			  trigger $n before update($n) execute $n($s)
			}
			model $(q m "$name") @schema($(q h "$name")) {
			  $n int4 @id
			  back int4? -> M$i.$n
			}
			function $n() returns trigger language plpgsql \$fn\$ BEGIN RETURN NEW; END \$fn\$
			function $(q g "$name")($n int4) returns int4 language sql \$fn\$ SELECT $n \$fn\$
			procedure $(q p "$name")($n int4 = 1) language sql \$fn\$ SELECT 1 \$fn\$
			view $(q v "$name") { $n int4 } as \$v\$ SELECT $n FROM $n \$v\$
			materialized view $(q w "$name") {
			  $n int4
			  index $(q j "$name") ($n)
			} as \$v\$ SELECT $n FROM $n \$v\$
			sql $n @down(\$d\$ SELECT 1 \$d\$) \$s\$ SELECT $s \$s\$
			grant select, update on M$i($n) to $role
			seed M$i key ($n) { { $n: 1, t$i: $s, label: $s } }
		MODEL
		for slot in table column check function trigger policy argument parameter default domain_default domain_check; do expect "$slot" "$name"; done
		expect function "$(v g "$name")"
		expect function "$(v p "$name")"
		for kind in i:index j:index u:index x:index s:sequence v:view w:matview h:schema e:type d:domain o:composite f:foreign; do
			expect "${kind#*:}" "$(v "${kind%:*}" "$name")"
		done
		expect other_table "$(v m "$name")"
		expect comment "$comment"
		expect comment "$comment"
		expect grantee "${roles[-1]}"
	done
} >models/hostile.lexo
for role in "${roles[@]}"; do
	"$PSQL" -XAtq -d "$LEXO_TEST_URL" -v role="$role" <<<'CREATE ROLE :"role"' || flunk "role $role"
done
drop_roles() {
	for role in "${roles[@]}"; do "$PSQL" -XAtq -d "$LEXO_TEST_ADMIN_URL" -v role="$role" <<<'DROP ROLE :"role"'; done
}
sql 'CREATE EXTENSION btree_gist' >/dev/null 2>&1

# --- SQL: exactly these names --------------------------------------------------------------------------------------------------
export LEXO_DATABASE_URL=$LEXO_TEST_URL
catalog empty
runs 0 'models with hostile names compile' "$LEXO" compile
runs 0 'fmt is content with what it made' sh -c '"$LEXO" fmt -q && cp models/hostile.lexo once && "$LEXO" fmt -q && cmp once models/hostile.lexo'
runs 0 'a revision' "$LEXO" revision --autogenerate -m hostile
runs 0 'upgrade' "$LEXO" upgrade head
catalog up
"$PSQL" -XAtq -d "$LEXO_TEST_URL" -f "$LEXO_TEST_SRCDIR/tests/live/hostile.sql" | LC_ALL=C sort >found
LC_ALL=C sort -o expected expected
same 'PostgreSQL has exactly these names' expected found
runs 0 'the models are what the revision leads to' "$LEXO" diff migrations models --exit-code
runs 0 'verify' "$LEXO" verify --db
runs 0 'down' "$LEXO" downgrade base
catalog down
same 'base is empty' empty down
runs 0 'up by psql' sh -c '"$LEXO" upgrade head --sql >up.sql && "$PSQL" -qX -v ON_ERROR_STOP=1 -d "$LEXO_TEST_URL" -f up.sql'
catalog by_psql
same 'to the same' up by_psql

# --- C -----------------------------------------------------------------------------------------------------------------------
# Each table is used through its own functions: what the database keeps of a name in a text and in a label is that name.
{
	cat <<-'END'
		#include <stdio.h>
		#include <stdlib.h>
		#include <string.h>
		#include "app_models.h"
	END
	for header in generated/app_m*.h; do echo "#include \"${header#*/}\""; done
	cat <<-'END'
		#define TRY(n) \
			do { \
				app_m##n##_new in = {0}; \
				app_m##n row, again; \
				app_m##n##_patch patch = {0}; \
				app_m##n##_patch_t##n(&patch, (lexo_str){"x", 1}); \
				if (app_m##n##_insert(db, &in, arena, &row) != LEXO_OK || app_m##n##_get(db, 0, arena, &again) != LEXO_OK || \
				    strcmp(again.t##n.ptr, app_labels_label(row.label)) != 0 || \
				    app_m##n##_update(db, 0, &patch, arena, &row) != LEXO_OK || strcmp(row.t##n.ptr, "x") != 0 || \
				    app_m##n##_delete(db, 0) != LEXO_OK) { \
					fprintf(stderr, "model %d: %s\n", n, lexo_err(db)->message); \
					bad++; \
				} \
			} while (0)
		int main(void)
		{
			int bad = 0;
			lexo_db *db = NULL;
			lexo_arena *arena = lexo_arena_new(0);
			if (lexo_open(getenv("LEXO_DATABASE_URL"), NULL, &db) != LEXO_OK)
				return 2;
	END
	for n in $(seq ${#names[@]}); do echo "	TRY($n);"; done
	printf '\tlexo_close(db);\n\tlexo_arena_free(arena);\n\treturn bad;\n}\n'
} >main.c
runs 0 'the C compiles strictly and needs only -llexo' build program main.c generated/*.c
runs 0 'and runs' ./program
(cd generated && printf '#include "%s"\n' *.h) >all.cc
runs 0 'the headers are C++17' "${CXX:-g++}" -std=c++17 -Wall -Wextra -Werror -I generated -I "$LEXO_TEST_SRCDIR/include" -fsyntax-only all.cc
"$LEXO" -q downgrade base 2>/dev/null
sql "DROP SCHEMA IF EXISTS lexo CASCADE; DROP OWNED BY CURRENT_USER" >/dev/null 2>&1
drop_roles
