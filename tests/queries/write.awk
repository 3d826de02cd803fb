# From the queries of .lexo files, each with a line "//! argument, ..." before it: a C program that calls them all
# (want=c), or the same statements for psql (want=sql), which has the arguments in variables.  An argument is a literal
# of SQL, ARRAY[...], NULL, or - for a parameter's default.
# SPDX-License-Identifier: Apache-2.0
function trim(s) { gsub(/^[ \t\n]+|[ \t\n]+$/, "", s); return s }
# At commas outside of brackets and quotes.
function split_list(s, list,    i, c, depth, quoted, n, part) {
	n = 0; part = ""; depth = 0; quoted = 0
	if (trim(s) == "") return 0
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		if (c == "'") quoted = !quoted
		if (!quoted && (c == "(" || c == "[")) depth++
		if (!quoted && (c == ")" || c == "]")) depth--
		if (!quoted && !depth && (c == "," || c == "\n" && part !~ /^[ \t\n]*$/)) { list[++n] = trim(part); part = "" }
		else part = part c
	}
	if (trim(part) != "") list[++n] = trim(part)
	return n
}
# name type? = default: leaves name, type, is_array, is_null, value.
function field(s,    at) {
	value = ""
	at = index(s, " = ")
	if (at) { value = trim(substr(s, at + 3)); s = trim(substr(s, 1, at - 1)) }
	sub(/ (@|->|generated ).*/, "", s)
	sub(/ @.*/, "", s)
	name = s; sub(/[ \t].*/, "", name)
	type = trim(substr(s, length(name) + 1))
	sub(/ .*/, "", type)
	is_null = sub(/\?$/, "", type)
	is_array = sub(/\[\]$/, "", type)
	base = type; sub(/\(.*/, "", base)
}
function codec(t) {
	if (t in codecs) return codecs[t]
	return t ~ /^[A-Z]/ ? "label" : "str"
}
function c_text(s) {
	if (s !~ /^'.*'$/) return "\"" s "\""
	s = substr(s, 2, length(s) - 2)
	gsub(/''/, "'", s); gsub(/\\/, "\\\\", s); gsub(/"/, "\\\"", s)
	return "\"" s "\""
}
function c_value(s, k,    label) {
	if (s ~ /NaN|Infinity/) return (s ~ /-/ ? "-" : "") (s ~ /NaN/ ? "NAN" : "INFINITY")
	if (k ~ /^(i16|i32|i64|f32|f64|bool)$/) return s
	if (k == "str") return "lexo_cstr(" c_text(s) ")"
	if (k == "label") { label = toupper(substr(s, 2, length(s) - 2)); return "Q_" toupper(base) "_" label }
	if (k ~ /^timestamp/) return "ts_of(" c_text(s) ")"
	return k "_of(" c_text(s) ")"
}
function c_type(k) {
	if (k ~ /^timestamp/) k = "ts"
	return k == "label" ? "q_" tolower(base) : "lexo_" k
}
function element(k) {
	return k ~ /^i(16|32|64)$/ ? "int" substr(k, 2) "_t" : k == "f64" ? "double" : k == "f32" ? "float" : k == "bool" ? "bool" : c_type(k)
}
function c_array(s, k,    list, n, i, items, nulls) {
	sub(/^ARRAY\[/, "", s); sub(/\]$/, "", s)
	n = s == "'{}'" ? 0 : split_list(s, list)
	items = nulls = ""
	for (i = 1; i <= n; i++) {
		items = items (i > 1 ? ", " : "") (list[i] == "NULL" ? (k ~ /^(i|f|bool|label)/ ? "0" : "{0}") : c_value(list[i], k))
		nulls = nulls (i > 1 ? ", " : "") (list[i] == "NULL" ? "true" : "false")
	}
	return sprintf("(%s_array){(const %s[]){%s}, %d, (const bool[]){%s}}", c_type(k), element(k), n ? items : k ~ /^(i|f|bool|label)/ ? "0" : "{0}", n, n ? nulls : "false")
}
function c_argument(s,    k) {
	k = codec(base)
	if (s == "-" || s == "NULL") return k == "label" && !is_array ? "0" : "{0}"
	if (is_array) return c_array(s, k)
	if ((is_null || value != "") && k !~ /^(str|label|json|bytes)$/) return "{true, " c_value(s, k) "}"
	return c_value(s, k)
}
function put_fields(list, n, from,    i, k) {
	for (i = 1; i <= n; i++) {
		field(list[i])
		k = codec(base)
		if (k == "label") printf "\tput_label(q_%s_label(%s%s));\n", tolower(base), from, name
		else printf "\tput_%s%s%s(%s%s);\n", is_null && !is_array && k !~ /^(str|json|bytes)$/ ? "opt_" : "", k, is_array ? "_array" : "", from, name
	}
	print "\tend_row();"
}
function write_sql(query, np, params, na, given, body, kind,    i, s) {
	print "\\echo == " query "\nBEGIN;"
	for (i = 1; i <= np; i++) {
		field(params[i])
		if (value != "" && codec(base) == "label") value = "'" value "'"
		s = given[i] == "-" ? (value == "" ? "NULL" : value) : given[i]
		s = "((" s ")::" tolower(type) (is_array ? "[]" : "") ")"
		gsub(/\\/, "\\\\", s); gsub(/'/, "''", s)
		print "\\set " name " '" s "'"
	}
	sub(/;[ \t\n]*$/, "", body)
	print body "\n;"
	if (kind == "rows") print "\\echo :ROW_COUNT"
	if (kind ~ /^(rows|exec)$/ || body ~ /INSERT|UPDATE [a-z]|DELETE|MERGE/) print digest ";"
	print "ROLLBACK;"
}
function write_c(query, np, params, given, body, kind, result,    i, args, list, n, row) {
	n = kind ~ /^(rows|exec)$/ ? 0 : result ~ /^\{/ ? split_list(substr(result, 2, length(result) - 2), list) : split_list(models[result], list)
	row = result ~ /^\{/ ? "q_" query "_row" : "q_" tolower(result)
	if (n) {
		printf "static void put_%s(const %s *row)\n{\n", query, row
		put_fields(list, n, "row->")
		print "}\n"
	}
	args = ""
	printf "static void call_%s(void)\n{\n", query
	for (i = 1; i <= np; i++) { field(params[i]); args = args (i > 1 ? ", " : "") c_argument(given[i]) }
	if (np == 1 && !is_null && value == "") args = ", " args
	else if (np) { printf "\tconst q_%s_args args = {%s};\n", query, args; args = ", &args" }
	if (kind == "rows") printf "\tint64_t count = -1;\n\tis_done(q_%s(db%s, &count));\n\tprintf(\"%%\" PRId64 \"\\n\", count);\n", query, args
	else if (kind == "exec") printf "\tis_done(q_%s(db%s));\n", query, args
	else if (kind == "many")
		printf "\t%ss rows;\n\tis_done(q_%s(db%s, arena, &rows));\n\tfor (size_t i = 0; i < rows.len; i++)\n\t\tput_%s(&rows.items[i]);\n", row, query, args, query
	else if (kind == "each")
		printf "\tq_%s_stream *stream;\n\tconst %s *row;\n\tlexo_rc rc = q_%s_open(db%s, &stream);\n\twhile (rc == LEXO_OK || rc == LEXO_ROW) {\n\t\trc = q_%s_next(stream, &row);\n\t\tif (rc == LEXO_ROW)\n\t\t\tput_%s(row);\n\t}\n\tis_done(rc);\n\tq_%s_close(stream);\n", query, row, query, args, query, query, query
	else printf "\t%s row;\n\tif (has_row(q_%s(db%s, arena, &row)))\n\t\tput_%s(&row);\n", row, query, args, query
	if (kind ~ /^(rows|exec)$/ || body ~ /INSERT|UPDATE [a-z]|DELETE|MERGE/) print "\tcall_digest();"
	print "}\n"
	calls = calls sprintf("\t{\"%s\", call_%s},\n", query, query)
}
function done(    head, body, at, query, params, given, np, na, kind, result, rest, i, depth) {
	at = index(text, "$$")
	head = substr(text, 1, at - 1); body = substr(text, at + 2)
	sub(/\$\$.*$/, "", body)
	sub(/^query /, "", head)
	query = head; sub(/\(.*/, "", query)
	rest = substr(head, length(query) + 1); depth = 0
	for (i = 1; i <= length(rest); i++) {
		if (substr(rest, i, 1) == "(") depth++
		if (substr(rest, i, 1) == ")" && !--depth) break
	}
	np = split_list(substr(rest, 2, i - 2), params)
	rest = trim(substr(rest, i + 1))
	kind = rest; sub(/[ \n].*/, "", kind)
	result = trim(substr(rest, length(kind) + 1))
	if (query == "digest") digest = body
	na = split_list(args_line, given)
	if (na != np) { print FILENAME ": " query ": " np " parameters, " na " arguments" > "/dev/stderr"; failed = 1 }
	if (want == "c") write_c(query, np, params, given, body, kind, result)
	else if (query != "digest") write_sql(query, np, params, na, given, body, kind)
	text = ""; args_line = ""
}
BEGIN {
	n = split("bool bool int2 i16 int4 i32 int8 i64 float4 f32 float8 f64 date date timestamp timestamp timestamptz timestamptz time time interval interval uuid uuid inet inet json json jsonb json bytea bytes int4range i32_range daterange date_range datemultirange date_multirange", pair, " ")
	for (i = 1; i < n; i += 2) codecs[pair[i]] = pair[i + 1]
	if (want == "c") {
		print "#include <inttypes.h>\n#include <math.h>\n#include <stdio.h>\n#include <string.h>\n\n#include \"q_models.h\"\n#include \"values.h\"\n"
		print "static lexo_db *db;\nstatic lexo_arena *arena;\nstatic int failures;\n"
		print "static void is_done(lexo_rc rc)\n{\n\tif (rc != LEXO_OK && rc != LEXO_DONE) {\n\t\tfailures++;\n\t\tprintf(\"%d %s\\n\", (int)rc, lexo_err(db)->message);\n\t}\n}\n"
		print "static bool has_row(lexo_rc rc)\n{\n\tif (rc != LEXO_NOT_FOUND)\n\t\tis_done(rc);\n\treturn rc == LEXO_OK;\n}\n"
	}
}
/^(model|view) [A-Z]/ { model = $2; next }
model != "" && /^}/ { model = "" }
model != "" && /^  [a-z_]+ +[A-Za-z]/ && !/^  primary key/ { models[model] = models[model] trim($0) "\n" }
/^\/\/!/ { args_line = substr($0, 4); next }
/^query / { text = "" ; in_query = 1 }
in_query { text = text $0 "\n"; copy = text; if (gsub(/\$\$/, "", copy) == 2) { done(); in_query = 0 } }
END {
	if (want == "c") {
		print "static const struct {\n\tconst char *name;\n\tvoid (*call)(void);\n} calls[] = {\n" calls "};\n"
		print "int main(void)\n{\n\tarena = lexo_arena_new(0);\n\tif (lexo_open(\"\", NULL, &db) != LEXO_OK)\n\t\treturn 9;"
		print "\tfor (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {\n\t\tif (strcmp(calls[i].name, \"digest\") == 0)\n\t\t\tcontinue;"
		print "\t\tprintf(\"== %s\\n\", calls[i].name);\n\t\tis_done(lexo_begin(db, 0));\n\t\tcalls[i].call();\n\t\tlexo_rollback(db);\n\t\tlexo_arena_reset(arena);\n\t}"
		print "\tlexo_close(db);\n\tlexo_arena_free(arena);\n\treturn failures > 0;\n}"
	}
	exit failed
}
