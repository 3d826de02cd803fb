# Values of every type, made by the server, read and sent back by the bindings: what comes back is what was there, as the
# server's own text says.  ROWS (2000): how many of each type; LEXO_LIVE=torture: 100000.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/bindings/lib.sh"
needs 14 'ranges of several pieces'
rows=$(amount "${ROWS:-}" 2000 2000 100000)
models=$LEXO_TEST_SRCDIR/tests/bindings/roundtrip.lexo
runs 0 'the models compile' "$LEXO" compile -q -o generated --prefix app "$models" || exit
runs 0 'their SQL is printed' "$LEXO" compile --emit sql "$models" || exit
mv out schema.sql
# NAME<TAB>SQL of every column
sed -n 's|^  \([a-z_0-9]*\)  *[A-Za-z0-9()]*\(\[\]\)\{0,1\}?  *// \(.*\)|\1	\3|p' "$models" >columns
[ "$(wc -l <columns)" -gt 50 ] && pass 'columns of every type' || flunk 'columns' columns
sed '/^mixin Textual/,/^}/d' "$models" | sed -n 's|^  \([a-z_0-9]*\)  *[A-Za-z0-9()]*\(\[\]\)\{0,1\}?  *// .*|\1|p' >binary
fields() { awk -v macro="$1" 'BEGIN { printf "#define %s(X)", macro } { printf " X(%s)", $1 } END { print "" }' "$2"; }
{ fields FIELDS columns && fields BINARY_FIELDS binary; } >generated/fields.h
runs 0 'the program builds' build_here roundtrip || exit

# a literal takes the type of its column, whatever the other branches of a CASE are
types=$("$PSQL" -XAtq -v ON_ERROR_STOP=1 -d "$LEXO_TEST_URL" -f schema.sql -c "SELECT attname || '|' || format_type(atttypid, atttypmod) FROM pg_attribute
	WHERE attrelid = 'trip'::regclass AND attnum > 0") || flunk 'the tables are there'
printf '%s\n' "$types" >types
awk -F'\t' -v rows="$rows" '
	FILENAME == "types" { at = index($0, "|"); type[substr($0, 1, at - 1)] = substr($0, at + 1); next }
	{
		# in text, which every type reads
		names = names ", " $1
		sql = sql ",\n\tCAST(CAST((" $2 ") AS text) AS " type[$1] ")"
	}
	END { print "SET timezone = UTC; SET datestyle = iso; SELECT setseed(0.5);\nINSERT INTO trip (id" names ")\nSELECT g" sql "\n\tFROM generate_series(1, " rows ") AS g;" }' types columns >values.sql
runs 0 'their values are made' "$PSQL" -Xq -v ON_ERROR_STOP=1 -d "$LEXO_TEST_URL" -f values.sql || exit
runs 0 'they go through the bindings' ./roundtrip "$rows"
sed -n '/^ok/p' out
sed -n '/^not ok/p; /^#/p' out
failures=$((failures + $(grep -c '^not ok' out)))

# which differ: the text, for json and points have no equality and NaN is no number
compare() { # TABLE COLUMNS
	awk -v table="$1" 'BEGIN { print "SELECT x.name, count(*), min(t.id), min(x.a), min(x.b) FROM trip t JOIN " table " b ON (b.id - 1) % (SELECT count(*) FROM trip) + 1 = t.id, LATERAL (VALUES" }
		{ printf "%s(\x27%s\x27, t.%s::text, b.%s::text)", (NR > 1 ? ", " : ""), $1, $1, $1 }
		END { print ") AS x (name, a, b) WHERE x.a IS DISTINCT FROM x.b GROUP BY 1 ORDER BY 1;" }' "$2"
}
{ echo 'ANALYZE trip; ANALYZE back;' && compare back columns && compare lean binary; } >compare.sql
"$PSQL" -XAtq -v ON_ERROR_STOP=1 -d "$LEXO_TEST_URL" -f compare.sql >differ 2>&1
[ ! -s differ ] && pass "$rows values of each type come back as they were" || flunk 'values have changed' differ
kinds=$(sql "SELECT min(n) FROM (SELECT count(*) AS n FROM trip UNION ALL SELECT count(*) / 4 FROM back UNION ALL SELECT count(*) FROM lean) c")
[ "$kinds" = "$rows" ] && pass 'each four times, and in binary form' || flunk "rows: $kinds, wanted $rows"
