/* Branches: labels, identifiers with an @, what a command runs and what the database is at afterwards.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "chain.h"
#include "chain.h"
#include "history/history.h"
#include "history/identify.h"
#include "history/path.h"

/* shop: s1 <- s2 <- s3;  net, on its own base: n1 <- n2a, n2b (which depends on s2) <- n3, a merge */
static struct lx_history *sample(void)
{
	struct lx_history *history = lx_history_open();
	chain_add(history, "s1", "-", "-- lexo:branch shop\n");
	chain_add(history, "s2", "s1", "");
	chain_add(history, "s3", "s2", "");
	chain_add(history, "n1", "-", "-- lexo:branch net\n");
	chain_add(history, "n2a", "n1", "-- lexo:branch left\n");
	chain_add(history, "n2b", "n1", "-- lexo:depends-on s2\n");
	chain_add(history, "n3", "n2a n2b", "");
	chain_link(history);
	return history;
}

static struct lx_revision_set state(const struct lx_history *history, const char *ids)
{
	static struct lx_revision *items[8];
	struct lx_revision_set set = {items, 0};
	char copy[64];
	snprintf(copy, sizeof copy, "%s", ids);
	for (char *id = strtok(copy, " "); id; id = strtok(NULL, " "))
		items[set.count++] = lx_history_get(history, id);
	return set;
}

static void check_set(const char *text, enum lx_status status, const struct lx_revision_set *set,
		      const struct lx_fail *fail, const char *wanted)
{
	char answer[128] = "";
	for (size_t i = 0; status == LX_OK && i < set->count; i++) {
		strcat(answer, i ? " " : "");
		strcat(answer, set->items[i]->id);
	}
	if (status != LX_OK && !*fail->help)
		fail_msg("%s: no help", text);
	if (strcmp(status == LX_OK ? answer : fail->code, wanted) != 0)
		fail_msg("%s is %s, not %s", text, status == LX_OK ? answer : fail->code, wanted);
}

static void understands_branches(void **unused)
{
	(void)unused;
	static const struct {
		const char *current, *text, *answer; /* ids with spaces, or a code */
	} cases[] = {
	    {"", "shop", "s1"},
	    {"", "sho", "s1"},
	    {"", "shop@head", "s3"},
	    {"", "shop@heads", "s3"},
	    {"", "s2@head", "s3"},
	    {"", "net@head", "n3"},
	    {"", "head", "L0315"},
	    {"", "heads", "n3 s3"},
	    {"", "shop@base", ""},
	    {"", "shop@+1", "s1"},
	    {"", "shop@+3", "s3"},
	    {"", "shop@+4", "L0316"},
	    {"", "+1", "L0316"},
	    {"s1", "shop@+1", "s2"},
	    {"s1 n1", "+1", "L0316"},
	    {"s1 n1", "net@+1", "L0316"},
	    {"s1 n1", "left@+1", "n2a"},
	    {"n3", "shop@+1", "s3"},
	    {"n3", "shop@-1", "s1"},
	    {"n3", "net@-1", "L0316"},
	    {"s2 n1", "shop@-1", "s1"},
	    {"", "n1+1", "L0316"},
	    {"", "left@n1+1", "n2a"},
	    {"", "net@s1", "L0318"},
	    {"", "net@s", "L0318"},
	    {"", "shop@head-1", "s2"},
	    {"", "shopp", "L0313"},
	    {"", "nosuch@head", "L0313"},
	    {"s2 n1", "shop@current", "s2"},
	    {"s2 n1", "current", "s2 n1"},
	    {"", "n", "L0314"},
	    {"s2", "net@current", ""},
	};
	struct lx_history *history = sample();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct lx_revision_set current = state(history, cases[i].current), set;
		struct lx_fail fail = {0};
		enum lx_status status = lx_identify(history, cases[i].text, &current, &set, &fail);
		check_set(cases[i].text, status, &set, &fail, cases[i].answer);
	}
	lx_history_close(history);
}

static void finds_paths(void **unused)
{
	(void)unused;
	static const struct {
		bool is_downgrade;
		const char *current, *text, *answer;
	} cases[] = {
	    {false, "", "shop@head", "s1 s2 s3"},
	    {false, "", "n2b", "n1 s1 s2 n2b"},
	    {false, "s1", "heads", "n1 n2a s2 n2b n3 s3"},
	    {false, "s3", "s1", ""},
	    {false, "s3", "-1", "L0316"},
	    {true, "s3", "-1", "s3"},
	    {true, "s3", "+1", "L0316"},
	    {true, "s3 n3", "-1", "L0316"},
	    {true, "s3 n3", "shop@-1", "s3"},
	    {true, "s3 n3", "net@base", "n3 n2b n2a n1"},
	    {true, "s3 n3", "shop@base", "s3 n3 n2b s2 s1"}, /* n2b needs s2 */
	    {true, "n3", "s2", ""},                          /* what depends on it does not stand on it */
	    {true, "n3", "n1", "n3 n2b n2a"},
	    {true, "n3", "left@n1", "n3 n2a"},
	    {true, "n3", "net@n1", "L0413"},
	    {true, "s1", "s2", "L0413"},
	    {true, "s3 n3", "heads", "L0315"},
	    {true, "n3", "base", "n3 n2b s2 s1 n2a n1"},
	};
	struct lx_history *history = sample();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct lx_revision_set current = state(history, cases[i].current), pending;
		struct lx_fail fail = {0};
		enum lx_status status = (cases[i].is_downgrade ? lx_path_downgrade : lx_path_upgrade)(
		    history, &current, cases[i].text, &pending, &fail);
		check_set(cases[i].text, status, &pending, &fail, cases[i].answer);
	}
	lx_history_close(history);
}

static void stamps(void **unused)
{
	(void)unused;
	static const struct {
		const char *current, *targets[3], *answer;
	} cases[] = {
	    {"", {"s2"}, "s2"},
	    {"n1", {"s2"}, "s2 n1"},
	    {"n1 s3", {"s2"}, "s2 n1"},
	    {"n1 s3", {"base"}, ""},
	    {"n1 s3", {"shop@base"}, "n1"},
	    {"n3", {"s1"}, "s1"}, /* n2b needs s2, so n3 is above */
	    {"s1", {"heads"}, "n3 s3"},
	    {"s1", {"n2a", "n2b"}, "n2a n2b"},
	    {"s1", {"s2", "n2b"}, "L0413"},
	};
	struct lx_history *history = sample();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct lx_revision_set current = state(history, cases[i].current), tips;
		struct lx_fail fail = {0};
		size_t count = 0, named;
		while (cases[i].targets[count])
			count++;
		enum lx_status status = lx_path_stamp(history, &current, cases[i].targets, count, &tips, &named, &fail);
		check_set(cases[i].targets[0], status, &tips, &fail, cases[i].answer);
	}
	lx_history_close(history);
}

static void lists_ranges(void **unused)
{
	(void)unused;
	static const struct {
		const char *range, *answer; /* oldest first */
	} cases[] = {
	    {"s1:s3", "s1 s2 s3"},      {"s2:", "s2 s3"},           {"s2:shop@head", "s2 s3"}, {":s2", "s1 s2"},
	    {"-1:s3", "s2 s3"},         {"-9:s3", "s1 s2 s3"},      {"s1:+1", "s1 s2"},        {"s1:+9", "s1 s2 s3"},
	    {"shop@base:", "s1 s2 s3"}, {"n1:n3", "n1 n2a n2b n3"}, {"s3:s1", "L0413"},        {"current:s3", "s2 s3"},
	    {":current", "s1 s2"},      {"-1:current", "s1 s2"},
	};
	struct lx_history *history = sample();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct lx_revision_set current = state(history, "s2"), set;
		struct lx_revision *items[8];
		struct lx_fail fail = {0};
		unsigned char marks[8] = {0};
		enum lx_status status = lx_path_range(history, &current, cases[i].range, marks, &fail);
		set = (struct lx_revision_set){items, 0};
		for (size_t j = 0; j < history->count; j++)
			if (marks[j])
				items[set.count++] = history->revisions[j];
		/* by id, so that the order of independent lines does not matter */
		for (size_t j = 1; j < set.count; j++)
			for (size_t k = j; k > 0 && strcmp(items[k - 1]->id, items[k]->id) > 0; k--) {
				struct lx_revision *swap = items[k];
				items[k] = items[k - 1];
				items[k - 1] = swap;
			}
		check_set(cases[i].range, status, &set, &fail, cases[i].answer);
	}
	lx_history_close(history);
}

static void spreads_labels(void **unused)
{
	(void)unused;
	struct lx_history *history = sample();
	assert_int_equal(lx_history_get(history, "s3")->branches.count, 1);
	assert_string_equal(lx_history_get(history, "s3")->branches.items[0], "shop");
	assert_int_equal(lx_history_get(history, "n1")->branches.count, 1); /* the branches part above it */
	assert_int_equal(lx_history_get(history, "n2b")->branches.count, 1);
	assert_int_equal(lx_history_get(history, "n3")->branches.count, 2);
	lx_history_close(history);
}

static void refuses_clashing_labels(void **unused)
{
	(void)unused;
	static const char *const labels[] = {"shop", "aaa"};
	for (size_t i = 0; i < 2; i++) {
		struct lx_history *history = lx_history_open();
		struct lx_fail fail = {0};
		char line[64];
		snprintf(line, sizeof line, "-- lexo:branch %s\n", labels[i]);
		chain_add(history, "aaa", "-", "-- lexo:branch shop\n");
		chain_add(history, "bbb", "aaa", line);
		assert_int_equal(lx_history_link(history, &fail), LX_REVISION);
		assert_string_equal(fail.code, "L0317");
		lx_history_close(history);
	}
}

static void depends_on_labels(void **unused)
{
	(void)unused;
	struct lx_history *history = lx_history_open();
	struct lx_fail fail = {0};
	chain_add(history, "aaa", "-", "-- lexo:branch shop\n");
	chain_add(history, "bbb", "-", "-- lexo:depends-on shop\n");
	assert_int_equal(lx_history_link(history, &fail), LX_OK);
	assert_ptr_equal(lx_history_get(history, "bbb")->dependencies[0], lx_history_get(history, "aaa"));
	assert_false(lx_history_is_tip(lx_history_get(history, "aaa")));
	assert_true(lx_history_is_head(lx_history_get(history, "aaa")));
	lx_history_close(history);
}

/* Longer than stacks are deep. */
static void takes_long_histories(void **unused)
{
	(void)unused;
	enum { COUNT = 10000 };
	struct lx_history *history = lx_history_open();
	struct lx_revision_set none = {NULL, 0}, pending, set;
	struct lx_fail fail = {0};
	char id[16], parent[16] = "-";
	for (int i = 0; i < COUNT; i++) {
		snprintf(id, sizeof id, "r%05d", (i * 7919) % COUNT); /* the order of ids is another one */
		chain_add(history, id, parent, i ? "" : "-- lexo:branch long\n");
		memcpy(parent, id, sizeof id);
	}
	assert_int_equal(lx_history_link(history, &fail), LX_OK);
	assert_int_equal(lx_path_upgrade(history, &none, "head", &pending, &fail), LX_OK);
	assert_int_equal(pending.count, COUNT);
	assert_string_equal(pending.items[COUNT - 1]->id, id);
	assert_int_equal(lx_identify(history, "long@head-9999", NULL, &set, &fail), LX_OK);
	assert_string_equal(set.items[0]->id, "r00000");
	struct lx_revision_set all = {&pending.items[COUNT - 1], 1};
	assert_int_equal(lx_path_downgrade(history, &all, "long@base", &pending, &fail), LX_OK);
	assert_int_equal(pending.count, COUNT);
	lx_history_close(history);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(understands_branches),
	    cmocka_unit_test(finds_paths),
	    cmocka_unit_test(stamps),
	    cmocka_unit_test(lists_ranges),
	    cmocka_unit_test(spreads_labels),
	    cmocka_unit_test(refuses_clashing_labels),
	    cmocka_unit_test(depends_on_labels),
	    cmocka_unit_test(takes_long_histories),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
