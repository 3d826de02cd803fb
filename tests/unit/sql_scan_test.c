/* The SQL scanner against PostgreSQL's own (libpg_query), over texts put together at random from pieces that are hard
 * to tell apart, and by hand where the two differ on purpose.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pg_query.h>

#include "history/sql_scan.h"

struct extent {
	size_t start, end;
};
struct extents {
	struct extent items[4096];
	size_t count;
	bool failed;
	bool is_incomparable;
};

/* protobuf: what little of it pg_query_scan's answer needs */
struct cursor {
	const unsigned char *p, *end;
};

static uint64_t varint(struct cursor *in)
{
	uint64_t value = 0;
	for (int shift = 0; in->p < in->end && shift < 64; shift += 7) {
		unsigned char byte = *in->p++;
		value |= (uint64_t)(byte & 127) << shift;
		if (byte < 128)
			break;
	}
	return value;
}

enum { SQL_COMMENT = 275, C_COMMENT = 276 }; /* pg_query.proto */

static void add_reference(struct extents *out, struct cursor token)
{
	struct extent extent = {0, 0};
	uint64_t kind = 0;
	while (token.p < token.end) {
		uint64_t tag = varint(&token), value = varint(&token);
		if (tag >> 3 == 1)
			extent.start = (size_t)value;
		else if (tag >> 3 == 2)
			extent.end = (size_t)value;
		else if (tag >> 3 == 4)
			kind = value;
	}
	if (kind != SQL_COMMENT && kind != C_COMMENT && out->count < 4096)
		out->items[out->count++] = extent;
}

static void scan_reference(const char *text, struct extents *out)
{
	PgQueryScanResult result = pg_query_scan(text);
	out->count = 0;
	out->failed = result.error != NULL;
	struct cursor in = {NULL, NULL};
	if (!out->failed)
		in = (struct cursor){(const unsigned char *)result.pbuf.data,
				     (const unsigned char *)result.pbuf.data + result.pbuf.len};
	while (in.p < in.end) {
		uint64_t tag = varint(&in), value = varint(&in);
		if (tag >> 3 == 2) {
			add_reference(out, (struct cursor){in.p, in.p + value});
			in.p += value;
		}
	}
	pg_query_free_scan_result(result);
}

/* What libpg_query does not do as the server does: it knows no string continued behind a -- comment, since comments are
 * tokens to it, and gives U&'…' and U&"…" an odd extent.  A psql command is our own idea. */
static bool is_incomparable(const struct lx_sql_token *token)
{
	if (token->kind == LX_SQL_BACKSLASH)
		return true;
	if (token->kind != LX_SQL_STRING && token->kind != LX_SQL_QUOTED)
		return false;
	const char *dashes = memmem(token->start, token->length, "--", 2);
	return token->start[1] == '&' ||
	       (dashes && memchr(dashes, '\n', token->length - (size_t)(dashes - token->start)));
}

/* PostgreSQL returns N'x' as two tokens, and stray characters as tokens that its grammar refuses. */
static void scan_ours(const char *text, struct extents *out)
{
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	lx_sql_scan_init(&scanner, text, strlen(text));
	out->count = 0;
	out->failed = out->is_incomparable = false;
	while (lx_sql_scan(&scanner, &token) != LX_SQL_END && out->count + 2 < 4096) {
		size_t start = (size_t)(token.start - text), end = start + token.length;
		if (token.kind == LX_SQL_BROKEN && strcmp(token.problem, "stray character") != 0)
			out->failed = true;
		if (is_incomparable(&token))
			out->is_incomparable = true;
		if (token.kind == LX_SQL_STRING && (*token.start == 'n' || *token.start == 'N')) {
			out->items[out->count++] = (struct extent){start, start + 1};
			start++;
		}
		out->items[out->count++] = (struct extent){start, end};
	}
}

static void print_extents(const char *who, const char *text, const struct extents *list)
{
	fprintf(stderr, "# %s:%s", who, list->failed ? " (failed)" : "");
	for (size_t i = 0; i < list->count; i++)
		fprintf(stderr, " <%.*s>", (int)(list->items[i].end - list->items[i].start),
			text + list->items[i].start);
	fputc('\n', stderr);
}

static bool agree(const char *text)
{
	static struct extents ours, reference;
	scan_ours(text, &ours);
	scan_reference(text, &reference);
	if ((ours.failed && reference.failed) || ours.is_incomparable)
		return true;
	bool same = ours.failed == reference.failed && ours.count == reference.count;
	for (size_t i = 0; same && i < ours.count; i++)
		same = ours.items[i].start == reference.items[i].start && ours.items[i].end == reference.items[i].end;
	if (!same) {
		fprintf(stderr, "# text: %s\n", text);
		print_extents("ours", text, &ours);
		print_extents("PostgreSQL", text, &reference);
	}
	return same;
}

/* clang-format off */
static const char *const pieces[] = {
	"'",	 "''",	  "\"",	  "\"\"", "$$",	  "$a$",	 "$b$",		     "$a",		   "$1",
	"$",	 "--",	  "-- c\n", "/*", "*/",	  "/",		 "*",		     "\n",		   "\r\n",
	" ",	 "\t",	  "\f",	  "E'",	  "e'",	  "U&'",	 "u&\"",	     "B'01'",		   "x'ff'",
	"N'n'",	 "n",	  "E",	  "a",	  "Ab_c", "a$b",	 "\xc3\xa9",	     "1",		   "12",
	"1.5",	 ".5",	  "1.",	  "..",	  "1e5",  "1e-5",	 "+",		     "-",		   "<",
	">",	 "=",	  "=>",	  "<=",	  ">=",	  "<>",		 "!=",		     "~",		   "!",
	"@",	 "#",	  "%",	  "^",	  "&",	  "|",		 "`",		     "?",		   ":",
	"::",	 ":=",	  "(",	  ")",	  "[",	  "]",		 ",",		     ";",		   ".",
	"@-",	 "+-",	  "-+",	  "END",  "'a'\n'b'", "'a' -- c\n'b'", "'a' /* c */\n'b'", "E'\\\\\\''\n'x'", "SELECT",
};
/* clang-format on */
enum { PIECES = sizeof pieces / sizeof *pieces };

/* xorshift: the same texts on every machine */
static uint32_t draw(uint32_t *state, uint32_t bound)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state % bound;
}

static void agrees_on_random_texts(void **unused)
{
	(void)unused;
	uint32_t state = 0x1e70;
	for (int round = 0; round < 100000; round++) {
		char text[256] = "";
		size_t count = 1 + draw(&state, 12);
		for (size_t i = 0; i < count; i++)
			strcat(text, pieces[draw(&state, PIECES)]);
		if (!agree(text))
			fail();
	}
}

static void agrees_on_every_triple(void **unused)
{
	(void)unused;
	char text[64];
	for (size_t i = 0; i < PIECES; i++)
		for (size_t j = 0; j < PIECES; j++)
			for (size_t k = 0; k < PIECES; k++) {
				snprintf(text, sizeof text, "%s%s%s", pieces[i], pieces[j], pieces[k]);
				if (!agree(text))
					fail();
			}
}

static void expect(const char *text, bool wants_named, const enum lx_sql_token_kind *kinds, size_t count)
{
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	lx_sql_scan_init(&scanner, text, strlen(text));
	scanner.wants_named = wants_named;
	for (size_t i = 0; i < count; i++)
		assert_int_equal(lx_sql_scan(&scanner, &token), kinds[i]);
	assert_int_equal(lx_sql_scan(&scanner, &token), LX_SQL_END);
	assert_int_equal(token.length, 0);
}

#define EXPECT(text, wants_named, ...)                                                                                 \
	expect(text, wants_named, (const enum lx_sql_token_kind[]){__VA_ARGS__},                                       \
	       sizeof((const enum lx_sql_token_kind[]){__VA_ARGS__}) / sizeof(enum lx_sql_token_kind))

static void tells_kinds(void **unused)
{
	(void)unused;
	EXPECT("a \"b\" 'c' $$d$$ 1 $1 + ,", false, LX_SQL_WORD, LX_SQL_QUOTED, LX_SQL_STRING, LX_SQL_DOLLAR,
	       LX_SQL_NUMBER, LX_SQL_PARAMETER, LX_SQL_OPERATOR, LX_SQL_PUNCT);
	EXPECT(":a", true, LX_SQL_NAMED);
	EXPECT(":a", false, LX_SQL_PUNCT, LX_SQL_WORD);
	EXPECT("x::a", true, LX_SQL_WORD, LX_SQL_PUNCT, LX_SQL_WORD);
	EXPECT(":::a", true, LX_SQL_PUNCT, LX_SQL_PUNCT, LX_SQL_WORD);
	EXPECT("\\i x.sql\nSELECT", false, LX_SQL_BACKSLASH, LX_SQL_WORD);
	EXPECT("0x1F 0o17 0b1 1_000 1_0.5e1_0", false, LX_SQL_NUMBER, LX_SQL_NUMBER, LX_SQL_NUMBER, LX_SQL_NUMBER,
	       LX_SQL_NUMBER);
	EXPECT("1a", false, LX_SQL_BROKEN);
	EXPECT("/* /* */", false, LX_SQL_BROKEN);
	EXPECT("-- only a comment", false, LX_SQL_END);
}

static void survives_nul(void **unused)
{
	(void)unused;
	static const char text[] = "a\0b -- c\0\n 'd\0e' /* \0 */ $$\0$$ \\x\0y";
	static const enum lx_sql_token_kind kinds[] = {LX_SQL_WORD,   LX_SQL_BROKEN, LX_SQL_WORD,
						       LX_SQL_STRING, LX_SQL_DOLLAR, LX_SQL_BACKSLASH,
						       LX_SQL_BROKEN, LX_SQL_WORD,   LX_SQL_END};
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	lx_sql_scan_init(&scanner, text, sizeof text - 1);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		assert_int_equal(lx_sql_scan(&scanner, &token), kinds[i]);
}

static void names_the_problem(void **unused)
{
	(void)unused;
	static const struct {
		const char *text, *problem;
	} cases[] = {
	    {"'a", "unterminated string"},
	    {"E'a\\'", "unterminated string"},
	    {"\"a", "unterminated quoted name"},
	    {"$a$ $b$", "unterminated dollar-quoted string"},
	    {"\"\"", "empty quoted name"},
	    {"U&\"\"", "empty quoted name"},
	    {"/* x", "unterminated comment"},
	    {"1x", "trailing junk after number"},
	    {"$1x", "trailing junk after parameter"},
	    {"{", "stray character"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct lx_sql_scanner scanner;
		struct lx_sql_token token;
		lx_sql_scan_init(&scanner, cases[i].text, strlen(cases[i].text));
		assert_int_equal(lx_sql_scan(&scanner, &token), LX_SQL_BROKEN);
		assert_string_equal(token.problem, cases[i].problem);
	}
}

static void compares_keywords_without_case(void **unused)
{
	(void)unused;
	struct lx_sql_token token = {LX_SQL_WORD, "CoMMit x", 6, NULL};
	assert_true(lx_sql_token_is(&token, "commit"));
	assert_false(lx_sql_token_is(&token, "commi"));
	assert_false(lx_sql_token_is(&token, "commits"));
	token.kind = LX_SQL_QUOTED;
	assert_false(lx_sql_token_is(&token, "commit"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tells_kinds),
	    cmocka_unit_test(survives_nul),
	    cmocka_unit_test(names_the_problem),
	    cmocka_unit_test(compares_keywords_without_case),
	    cmocka_unit_test(agrees_on_every_triple),
	    cmocka_unit_test(agrees_on_random_texts),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
