/* lexo.sum, the order of a history, identifiers, the splitter.
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

#include "base/arena.h"
#include "base/buffer.h"
#include "chain.h"
#include "history/codes.h"
#include "history/history.h"
#include "history/identify.h"
#include "history/statements.h"

/* a <- b <- c <- e (merge of c and d), d stands on b too; abc1 and abc2 on e */
static struct lx_history *sample(void)
{
	struct lx_history *history = lx_history_open();
	chain_add(history, "e", "c, d", "");
	chain_add(history, "d", "b", "");
	chain_add(history, "c", "b", "");
	chain_add(history, "b", "a", "");
	chain_add(history, "a", "<base>", "");
	chain_add(history, "abc2", "e", "-- lexo:depends-on abc1\n");
	chain_add(history, "abc1", "e", "");
	chain_link(history);
	return history;
}

static void orders_a_history(void **unused)
{
	(void)unused;
	struct lx_history *history = sample();
	static const char *const order[] = {"a", "b", "c", "d", "e", "abc1", "abc2"};
	for (size_t i = 0; i < 7; i++) {
		for (size_t j = 0; j < history->revisions[i]->revises.count; j++)
			assert_true(history->revisions[i]->parents[j]->index < i);
		assert_int_equal(history->revisions[i]->index, i);
		assert_string_equal(history->revisions[i]->id, order[i]);
	}
	assert_int_equal(history->head_count, 2);
	lx_history_close(history);
}

static void refuses_bad_histories(void **unused)
{
	(void)unused;
	static const struct {
		const char *ids[3], *revises[3], *code;
	} cases[] = {
	    {{"a", "a"}, {"-", "-"}, "L0310"},           {{"a", "b"}, {"-", "x"}, "L0311"},
	    {{"a", "b"}, {"-", "a a"}, "L0311"},         {{"a"}, {"a"}, "L0312"},
	    {{"a", "b", "c"}, {"c", "a", "b"}, "L0312"}, {{"a", "b", "c"}, {"-", "c", "b"}, "L0312"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct lx_history *history = lx_history_open();
		struct lx_fail fail = {0};
		for (size_t j = 0; j < 3 && cases[i].ids[j]; j++)
			chain_add(history, cases[i].ids[j], cases[i].revises[j], "");
		assert_int_equal(lx_history_link(history, &fail), LX_REVISION);
		assert_string_equal(fail.code, cases[i].code);
		lx_history_close(history);
	}
}

static void understands_identifiers(void **unused)
{
	(void)unused;
	static const struct {
		const char *text, *answer; /* ids with spaces, or a code */
	} cases[] = {
	    {"base", ""},         {"heads", "abc2"},   {"head", "L0315"}, {"a", "a"},      {"ab", "L0314"},
	    {"abc", "L0314"},     {"abc1", "abc1"},    {"zz", "L0313"},   {"", "b"},       {"current", "b"},
	    {"+1", "L0316"},      {"-1", "a"},         {"-2", ""},        {"-3", "L0316"}, {"b-1", "a"},
	    {"a+1", "b"},         {"a+2", "L0316"},    {"base+1", "a"},   {"base+2", "b"}, {"e-1", "L0316"},
	    {"abc1-1", "e"},      {"abc1+1", "L0316"}, {"heads-1", "e"},  {"c+1", "e"},    {"base-1", "L0316"},
	    {"a+99999", "L0316"}, {"A", "L0313"},
	};
	struct lx_history *history = sample();
	struct lx_revision *b = lx_history_get(history, "b");
	struct lx_revision_set current = {&b, 1};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct lx_revision_set set;
		struct lx_fail fail = {0};
		char answer[64] = "";
		if (lx_identify(history, cases[i].text, &current, &set, &fail) != LX_OK) {
			assert_string_equal(fail.code, cases[i].answer);
			assert_true(*fail.help);
			continue;
		}
		for (size_t j = 0; j < set.count; j++) {
			strcat(answer, j ? " " : "");
			strcat(answer, set.items[j]->id);
		}
		assert_string_equal(answer, cases[i].answer);
	}
	struct lx_revision_set from, to;
	struct lx_fail fail = {0};
	assert_int_equal(lx_identify(history, "+1", NULL, &from, &fail), LX_REVISION);
	assert_int_equal(lx_identify_range(history, "a:b", NULL, &from, &to, NULL), LX_OK);
	assert_int_equal(lx_identify_range(history, ":", NULL, &from, &to, NULL), LX_OK);
	assert_int_equal(from.count, 0);
	assert_int_equal(to.count, 1); /* abc1 comes with abc2, which depends on it */
	assert_int_equal(lx_identify_range(history, "a", NULL, &from, &to, NULL), LX_REVISION);
	assert_int_equal(lx_identify_range(history, "a:b:c", NULL, &from, &to, NULL), LX_REVISION);
	lx_history_close(history);
}

/* The chain of a revision depends on everything before it, and on nothing after. */
static void chains(void **unused)
{
	(void)unused;
	struct lx_history *one = sample(), *two = lx_history_open();
	struct lx_fail fail = {0};
	chain_add(two, "a", "-", "-- lexo:irreversible x\n");
	chain_add(two, "b", "a", "");
	assert_int_equal(lx_history_link(two, &fail), LX_OK);
	assert_string_equal(lx_history_get(one, "b")->tok, lx_history_get(two, "b")->tok);
	assert_string_not_equal(lx_history_get(one, "b")->chain, lx_history_get(two, "b")->chain);
	lx_history_close(one);
	lx_history_close(two);
}

static void reads_lexo_sum_strictly(void **unused)
{
	(void)unused;
	struct lx_history *history = sample();
	struct lx_buffer text = LX_BUFFER_INIT;
	struct lx_sum *sum;
	struct lx_fail fail = {0};
	assert_true(lx_sum_print(&text, history));
	assert_int_equal(lx_sum_parse(history->arena, "lexo.sum", text.data, text.length, &sum, &fail), LX_OK);
	assert_int_equal(sum->count, 7);
	assert_int_equal(lx_sum_verify(sum, history, NULL, NULL, &fail), LX_OK);
	/* each bit of it flipped, each byte cut: refused in form or in substance */
	for (size_t i = 0; i < text.length; i++) {
		for (int bit = 0; bit < 8; bit++) {
			text.data[i] = (char)(text.data[i] ^ (1 << bit));
			struct lx_fail problem = {0};
			/* raw is the one checksum whose change is only a warning */
			if (lx_sum_parse(history->arena, "lexo.sum", text.data, text.length, &sum, &problem) == LX_OK &&
			    lx_sum_verify(sum, history, NULL, NULL, &problem) == LX_OK) {
				const char *line = text.data + i;
				while (line > text.data && line[-1] != '\n')
					line--;
				const char *raw = strstr(line, "raw:");
				if (text.data + i < raw || text.data + i > raw + 68)
					fail_msg("byte %zu bit %d of lexo.sum: not seen", i, bit);
			}
			text.data[i] = (char)(text.data[i] ^ (1 << bit));
		}
		struct lx_fail problem = {0};
		if (lx_sum_parse(history->arena, "lexo.sum", text.data, i, &sum, &problem) == LX_OK)
			assert_int_equal(lx_sum_verify(sum, history, NULL, NULL, &problem), LX_CHECKSUM);
	}
	lx_buffer_free(&text);
	lx_history_close(history);
}

/* Cut at the same places as PostgreSQL's parser cuts. */
static void splits_like_postgresql(void **unused)
{
	(void)unused;
	static const char *const texts[] = {
	    "SELECT 1; SELECT 2",
	    ";;SELECT 1;; ;",
	    "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT 3",
	    "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END; SELECT 3",
	    "CREATE PROCEDURE p(a int) BEGIN ATOMIC INSERT INTO t VALUES (CASE a WHEN 1 THEN 2 END); END; SELECT 3",
	    "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 AS \"end\"; SELECT a.x AS end FROM a; END; SELECT 3",
	    "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$; SELECT 3",
	    "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b); SELECT 1",
	    "DO $do$ BEGIN PERFORM 1; END $do$; SELECT ';' || E'\\';' || U&'\\0041;'; SELECT \"a;b\"",
	    "SELECT 1 /* ; /* ; */ ; */; -- ;\nSELECT 2",
	    "SELECT begin FROM t; SELECT 2",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		PgQuerySplitResult reference = pg_query_split_with_parser(texts[i]);
		struct lx_splitter splitter;
		struct lx_sql_statement statement;
		assert_null(reference.error);
		lx_split_init(&splitter, texts[i], strlen(texts[i]));
		for (int j = 0; j < reference.n_stmts; j++) {
			const PgQuerySplitStmt *wanted = reference.stmts[j];
			assert_true(lx_split_next(&splitter, &statement));
			const char *end = statement.start + statement.length, *from = texts[i] + wanted->stmt_location;
			assert_true(statement.start >= from && end <= from + wanted->stmt_len);
		}
		assert_false(lx_split_next(&splitter, &statement));
		pg_query_free_split_result(reference);
	}
}

static void codes_are_sorted_and_explained(void **unused)
{
	(void)unused;
	size_t count;
	const struct lx_fail_code *codes = lx_fail_codes(&count);
	for (size_t i = 0; i < count; i++) {
		assert_true(i == 0 || strcmp(codes[i - 1].code, codes[i].code) < 0);
		assert_true(strlen(codes[i].title) > 3 && strlen(codes[i].explanation) > 40);
		assert_ptr_equal(lx_fail_code_find(codes[i].code), &codes[i]);
	}
	assert_null(lx_fail_code_explanation("L9999"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(orders_a_history),
	    cmocka_unit_test(refuses_bad_histories),
	    cmocka_unit_test(understands_identifiers),
	    cmocka_unit_test(chains),
	    cmocka_unit_test(reads_lexo_sum_strictly),
	    cmocka_unit_test(splits_like_postgresql),
	    cmocka_unit_test(codes_are_sorted_and_explained),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
