/* The formatter: exact forms, and three properties on everything at hand: the second run changes nothing, the tree
 * stays the same, no comment is lost. SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "fmt/format.h"
#include "text.h"
#include "tree.h"

static void format(const char *source, size_t length, struct lx_buffer *out, struct lx_buffer *tree, size_t *comments)
{
	struct text text;
	text_open(&text, source, length);
	if (text.diags.errors == 0)
		lx_format(out, &text.diags, text.file);
	tree_dump(tree, text.file);
	*comments = text.diags.errors ? SIZE_MAX : text.file->comment_count;
	text_close(&text);
}

/* False: the source has errors, so there is nothing to check. */
static bool check_properties(const char *name, const char *source, size_t length)
{
	struct lx_buffer once = LX_BUFFER_INIT, twice = LX_BUFFER_INIT;
	struct lx_buffer before = LX_BUFFER_INIT, after = LX_BUFFER_INIT;
	size_t comments, comments_after;
	format(source, length, &once, &before, &comments);
	if (comments != SIZE_MAX) {
		format(lx_buffer_text(&once), once.length, &twice, &after, &comments_after);
		if (strcmp(lx_buffer_text(&once), lx_buffer_text(&twice)) != 0)
			print_error("not idempotent: %s\n%s\n--- first\n%s--- second\n%s", name, source,
				    lx_buffer_text(&once), lx_buffer_text(&twice));
		assert_string_equal(lx_buffer_text(&twice), lx_buffer_text(&once));
		assert_string_equal(lx_buffer_text(&after), lx_buffer_text(&before));
		assert_int_equal(comments_after, comments);
	}
	lx_buffer_free(&once);
	lx_buffer_free(&twice);
	lx_buffer_free(&before);
	lx_buffer_free(&after);
	return comments != SIZE_MAX;
}

static void check(const char *source, const char *expected)
{
	struct lx_buffer out = LX_BUFFER_INIT, tree = LX_BUFFER_INIT;
	size_t comments;
	format(source, strlen(source), &out, &tree, &comments);
	assert_string_equal(lx_buffer_text(&out), expected);
	lx_buffer_free(&out);
	lx_buffer_free(&tree);
	assert_true(check_properties("case", source, strlen(source)));
}

static void spacing(void **state)
{
	(void)state;
	check("", "");
	check("lexo   1\r\n\n\n\nx 'a' ", "lexo 1\n\nx 'a'\n");
	check("x a=- 1 , b ->c . d ?", "x a = -1, b -> c.d?\n");
	check("f ( a ,b ) now ( ) t [ ] u [ ] [ ] v=[ ] w=[1,2]", "f(a, b) now() t[] u[][] v = [] w = [1,2]\n");
	check("@a (b:1,c:'d')@e", "@a(b: 1, c: 'd') @e\n");
	check("x 1 . 5 - - 2 -   a - (b)", "x 1 . 5 - -2 -a - (b)\n");
	check("m { unique(a,b)\n unique n(a)\n foreign key(a)->M (b)\n index(a)include(b)where `c`\n"
	      " primary key(a)\n exclude using gist(a with '=')\n trigger t before update(a)execute f ()\n}",
	      "m {\n  unique (a, b)\n  unique n (a)\n  foreign key (a) -> M(b)\n  index (a) include (b) where `c`\n"
	      "  primary key (a)\n  exclude using gist (a with '=')\n"
	      "  trigger t before update(a) execute f()\n}\n");
	check("seed User key(email){ }", "seed User key (email) {}\n");
}

static void columns(void **state)
{
	(void)state;
	check("model M {\n\n id uuid=f() @id\n /// doc\n email Email @unique\n a_longer_name text\n"
	      " sum numeric ( 12,2 )?\n\n\n other x @y // why\n use T\n}\n",
	      "model M {\n"
	      "  id             uuid = f()  @id\n"
	      "  /// doc\n"
	      "  email          Email       @unique\n"
	      "  a_longer_name  text\n"
	      "  sum            numeric(12,2)?\n"
	      "\n"
	      "  other  x  @y  // why\n"
	      "  use T\n"
	      "}\n");
	check(
	    "m {\n a text generated `0123456789012345678901234567890123456789012345678901234567890123456789` @b(1) @c\n"
	    " bcd int @d\n}",
	    "m {\n"
	    "  a    text generated `0123456789012345678901234567890123456789012345678901234567890123456789`\n"
	    "       @b(1) @c\n"
	    "  bcd  int  @d\n"
	    "}\n");
}

static void long_items(void **state)
{
	(void)state;
	check(
	    "m {\n policy owner_only for all to app using `owner_id = current_setting('app.user_id')::uuid` with check "
	    "`owner_id = current_setting('app.user_id')::uuid`\n}",
	    "m {\n"
	    "  policy owner_only for all to app\n"
	    "    using `owner_id = current_setting('app.user_id')::uuid`\n"
	    "    with check `owner_id = current_setting('app.user_id')::uuid`\n"
	    "}\n");
	check("query document_search(owner uuid, q text, only DocumentStatus?, max int4 = 20) many { id uuid, filename "
	      "text, rank float4 } $$\n  SELECT\n$$",
	      "query document_search(\n"
	      "  owner uuid, q text, only DocumentStatus?, max int4 = 20\n"
	      ") many { id uuid, filename text, rank float4 } $$\n  SELECT\n$$\n");
	check("enum E { aaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccccc, "
	      "dddddddddddddddddddd, eee }",
	      "enum E {\n"
	      "  aaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccccc,\n"
	      "  dddddddddddddddddddd, eee\n"
	      "}\n");
	check("grant select on Some to aaaaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbb, "
	      "ccccccccccccccccccccccccccccc",
	      "grant select on Some to aaaaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbb,\n"
	      "  ccccccccccccccccccccccccccccc\n");
}

static void blocks(void **state)
{
	(void)state;
	check("enum E{a,b}", "enum E { a, b }\n");
	check("enum E{\na,\nb,c,\n}", "enum E {\n  a,\n  b, c,\n}\n");
	check("enum E {\n a\n\n /// doc\n b @renamed(from:'x')\n}",
	      "enum E {\n  a\n\n  /// doc\n  b @renamed(from: 'x')\n}\n");
	check("v {\n}as$$x$$", "v {} as $$x$$\n");
	check("seed U key(e){\n{e:'a',r:b}\n{e:'c'}}", "seed U key (e) {\n  { e: 'a', r: b }\n  { e: 'c' }\n}\n");
}

static void comments(void **state)
{
	(void)state;
	check("// top\n\n\n// two\na// after\n// end", "// top\n\n// two\na  // after\n// end\n");
	check("m{// open\n// first\na int// x\n\n// last\n}// close",
	      "m {  // open\n  // first\n  a  int  // x\n\n  // last\n}  // close\n");
	check("q(// one\na int,// two\n// three\nb int// four\n)c",
	      "q(  // one\n  a int,  // two\n  // three\n  b int  // four\n) c\n");
	check("i (a)// x\nwhere `b`\n// y\n@c", "i(a)  // x\n  where `b`\n  // y\n  @c\n");
	check("e {\na,// x\n// y\nb\n}", "e {\n  a,  // x\n  // y\n  b\n}\n");
	check("m {\n// only\n}", "m {\n  // only\n}\n");
	check("/// d1\n// c\n\n/// d2\na", "// c\n/// d1\n/// d2\na\n");
	check("a /// late\nf(/// lost\nb)\n/// end", "a  /// late\nf(  /// lost\n  b\n)\n/// end\n");
}

static void check_file(const char *path, const char *source, size_t length)
{
	check_properties(path, source, length);
}

static void files(void **state)
{
	(void)state;
	text_each_file(TOP "/models", check_file);
	text_each_file(TOP "/examples", check_file);
	text_each_file(TOP "/tests/golden", check_file);
}

/* --- generated texts -------------------------------------------------------------------------------------------- */

static void add_nodes(struct lx_buffer *out, unsigned *seed, int depth, bool is_line_group);

static void add_block(struct lx_buffer *out, unsigned *seed, int depth)
{
	static const char *const ends[] = {"\n",         "\n\n",           "\n\n\n",      " // c\n",
					   "\n// own\n", "\n\n// own\n\n", "\n/// doc\n", ",\n"};
	lx_buffer_string(out, text_random(seed, 4) ? "{\n" : "{ // open\n");
	for (unsigned i = text_random(seed, 5); i > 0; i--) {
		add_nodes(out, seed, depth, false);
		lx_buffer_string(out, ends[text_random(seed, sizeof ends / sizeof *ends)]);
	}
	lx_buffer_char(out, '}');
}

static void add_group(struct lx_buffer *out, unsigned *seed, int depth, char open, char close)
{
	lx_buffer_char(out, open);
	if (text_random(seed, 4))
		add_nodes(out, seed, depth, true);
	lx_buffer_char(out, close);
}

static void add_node(struct lx_buffer *out, unsigned *seed, int depth, bool is_line_group)
{
	static const char *const leaves[] = {
	    "a",
	    "using",
	    "where",
	    "unique",
	    "with",
	    "to:",
	    "a_rather_long_word_here",
	    "12",
	    "1.5",
	    "'s t'",
	    "\"Q\"",
	    "`sql`",
	    "$$body$$",
	    "`a\nb`",
	    "'x\r\ny'",
	    "=",
	    "->",
	    "-",
	    "?",
	    ":",
	    ".",
	    ",",
	    ", ",
	    "a.b",
	    "@x",
	    "@y",
	    "\n@z",
	    "\nwhere",
	    "now()",
	    "t[]",
	    "key",
	    "index",
	    "`0123456789012345678901234567890123456789012345678901234567890123456789`",
	};
	unsigned which = text_random(seed, depth > 0 ? 45 : 40);
	if (which < sizeof leaves / sizeof *leaves)
		lx_buffer_string(out, leaves[which]);
	else if (which < 36)
		lx_buffer_string(out, is_line_group ? " // inside\n" : ", // after\n");
	else if (which < 38)
		lx_buffer_string(out, "=\n// own\n");
	else if (which < 41)
		add_group(out, seed, depth - 1, '(', ')');
	else if (which < 42)
		add_group(out, seed, depth - 1, '[', ']');
	else if (which < 43) {
		lx_buffer_string(out, "@an");
		add_group(out, seed, depth - 1, '(', ')');
	} else if (which < 44) {
		lx_buffer_string(out, "{ a, b @c }");
	} else
		add_block(out, seed, depth - 1);
}

static void add_nodes(struct lx_buffer *out, unsigned *seed, int depth, bool is_line_group)
{
	for (unsigned i = 1 + text_random(seed, 9); i > 0; i--) {
		add_node(out, seed, depth < 0 ? 0 : depth, is_line_group);
		if (text_random(seed, 8))
			lx_buffer_char(out, ' ');
	}
}

static void generated(void **state)
{
	(void)state;
	enum { RUNS = 4000 };
	unsigned good = 0;
	for (unsigned run = 0; run < RUNS; run++) {
		unsigned seed = run;
		struct lx_buffer source = LX_BUFFER_INIT;
		for (unsigned i = 1 + text_random(&seed, 4); i > 0; i--) {
			add_nodes(&source, &seed, 3, false);
			lx_buffer_string(&source, text_random(&seed, 3) ? "\n" : "\n\n// between\n");
		}
		good += check_properties("generated", lx_buffer_text(&source), source.length);
		lx_buffer_free(&source);
	}
	assert_true(good > RUNS / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(spacing),   cmocka_unit_test(columns),  cmocka_unit_test(long_items),
	    cmocka_unit_test(blocks),    cmocka_unit_test(comments), cmocka_unit_test(files),
	    cmocka_unit_test(generated),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
