/* How much of a history's files is read: whole, what lexo.sum vouches for, headers.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "history/history.h"

static char folder[] = "/tmp/lexo-depth-test.XXXXXX";

static const char *in_folder(const char *name)
{
	static char path[sizeof folder + 32];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static void put(const char *name, const char *text)
{
	FILE *file = fopen(in_folder(name), "w");
	assert_non_null(file);
	assert_int_equal(fputs(text, file) < 0, 0);
	assert_int_equal(fclose(file), 0);
}

static const char first[] =
    "-- lexo:revision a\n-- lexo:revises  <base>\n-- lexo:message  one\n\n-- lexo:upgrade\nCREATE "
    "TABLE t (n int);\n";
static const char second[] =
    "-- lexo:revision b\n-- lexo:revises  a\n-- lexo:message  two\n\n-- lexo:upgrade\nSELECT 1;\n";

static struct lx_history *read_all(bool is_summed)
{
	const struct lx_locations locations = {.folder = folder};
	struct lx_fail fail = {0};
	struct lx_history *history;
	assert_int_equal((is_summed ? lx_history_summed : lx_history_read)(&locations, &history, &fail), LX_OK);
	assert_int_equal(history->count, 2);
	return history;
}

static int make_folder(void **state)
{
	(void)state;
	struct lx_buffer sum = LX_BUFFER_INIT;
	assert_non_null(mkdtemp(folder));
	put("a.sql", first);
	put("b.sql", second);
	struct lx_history *history = read_all(false);
	assert_true(lx_sum_print(&sum, history));
	put("lexo.sum", lx_buffer_text(&sum));
	lx_buffer_free(&sum);
	lx_history_close(history);
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	unlink(in_folder("a.sql"));
	unlink(in_folder("b.sql"));
	unlink(in_folder("lexo.sum"));
	return rmdir(folder);
}

static void takes_sums(void **unused)
{
	(void)unused;
	struct lx_history *whole = read_all(false), *summed = read_all(true);
	struct lx_fail fail = {0};
	for (size_t i = 0; i < 2; i++) {
		assert_non_null(whole->revisions[i]->text);
		assert_null(summed->revisions[i]->text);
		assert_string_equal(summed->revisions[i]->raw, whole->revisions[i]->raw);
		assert_string_equal(summed->revisions[i]->tok, whole->revisions[i]->tok);
		assert_string_equal(summed->revisions[i]->chain, whole->revisions[i]->chain);
	}
	assert_int_equal(lx_history_verify(summed, NULL, NULL, &fail), LX_OK);
	lx_history_close(whole);
	lx_history_close(summed);
}

static void count_warning(void *context, const char *path, const char *text)
{
	(void)path;
	(void)text;
	++*(int *)context;
}

/* One byte of white space: the file is read whole, and its chain is that of before. */
static void reads_what_differs(void **unused)
{
	(void)unused;
	char spaced[sizeof first + 1];
	snprintf(spaced, sizeof spaced, "%s\n", first);
	put("a.sql", spaced);
	struct lx_history *summed = read_all(true);
	struct lx_fail fail = {0};
	int warnings = 0;
	assert_non_null(summed->revisions[0]->text);
	assert_null(summed->revisions[1]->text);
	assert_int_equal(lx_history_verify(summed, count_warning, &warnings, &fail), LX_OK);
	assert_int_equal(warnings, 1);
	lx_history_close(summed);
	put("a.sql", first);
}

static void finds_an_edit(void **unused)
{
	(void)unused;
	char edited[sizeof first];
	memcpy(edited, first, sizeof first);
	*strstr(edited, "n int") = 'm';
	put("a.sql", edited);
	struct lx_history *summed = read_all(true);
	struct lx_fail fail = {0};
	assert_int_equal(lx_history_verify(summed, NULL, NULL, &fail), LX_CHECKSUM);
	assert_string_equal(fail.code, "L0308");
	lx_history_close(summed);
	put("a.sql", first);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(takes_sums),
	    cmocka_unit_test(reads_what_differs),
	    cmocka_unit_test(finds_an_edit),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
