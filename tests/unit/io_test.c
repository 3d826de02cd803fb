/* Files are read whole and written whole or not at all.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <signal.h>
#include <unistd.h>

#include "base/io.h"

static char folder[] = "/tmp/lexo-io-test.XXXXXX";

static const char *path_of(const char *name)
{
	static char paths[4][512];
	static int next;
	char *path = paths[next++ % 4];
	snprintf(path, sizeof paths[0], "%s/%s", folder, name);
	return path;
}

static void check_content(const char *name, const char *expected)
{
	char *text;
	size_t length;
	assert_int_equal(lx_io_read(path_of(name), 1 << 20, &text, &length, NULL), LX_OK);
	assert_string_equal(text, expected);
	assert_int_equal(length, strlen(expected));
	free(text);
}

static size_t count_files(void)
{
	size_t count = 0;
	DIR *dir = opendir(folder);
	assert_non_null(dir);
	for (const struct dirent *entry; (entry = readdir(dir));)
		count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
	closedir(dir);
	return count;
}

static void write_files(const char *one, const char *two, size_t *changed)
{
	struct lx_io_set *set = lx_io_set_open();
	assert_int_equal(lx_io_set_add(set, path_of("one"), one, strlen(one), NULL), LX_OK);
	assert_int_equal(lx_io_set_add(set, path_of("two"), two, strlen(two), NULL), LX_OK);
	assert_int_equal(lx_io_set_commit(set, changed, NULL), LX_OK);
	lx_io_set_close(set);
}

static void writing(void **state)
{
	(void)state;
	size_t changed;
	write_files("1", "2", &changed);
	assert_int_equal(changed, 2);
	write_files("1", "2b", &changed);
	assert_int_equal(changed, 1);
	check_content("one", "1");
	check_content("two", "2b");
	assert_int_equal(count_files(), 2); /* no temporary files are left */
	struct lx_io_set *set = lx_io_set_open();
	assert_int_equal(lx_io_set_remove(set, path_of("one"), NULL), LX_OK);
	assert_int_equal(lx_io_set_remove(set, path_of("no such file"), NULL), LX_OK);
	assert_int_equal(lx_io_set_commit(set, &changed, NULL), LX_OK);
	assert_int_equal(changed, 1);
	lx_io_set_close(set);
	assert_false(lx_io_exists(path_of("one")));
}

/* So many that they are synced all at once. */
static void writing_many(void **state)
{
	(void)state;
	enum { COUNT = 40 };
	char name[16];
	size_t changed;
	struct lx_io_set *set = lx_io_set_open();
	for (int i = 0; i < COUNT; i++) {
		snprintf(name, sizeof name, "many%d", i);
		assert_int_equal(lx_io_set_add(set, path_of(name), name, strlen(name), NULL), LX_OK);
	}
	assert_int_equal(lx_io_set_commit(set, &changed, NULL), LX_OK);
	assert_int_equal(changed, COUNT);
	lx_io_set_close(set);
	for (int i = 0; i < COUNT; i++) {
		snprintf(name, sizeof name, "many%d", i);
		check_content(name, name);
		unlink(path_of(name));
	}
}

static void abandoned(void **state)
{
	(void)state;
	size_t changed;
	write_files("1", "2", &changed);
	struct lx_io_set *set = lx_io_set_open();
	assert_int_equal(lx_io_set_add(set, path_of("one"), "new", 3, NULL), LX_OK);
	lx_io_set_close(set);
	check_content("one", "1");
	assert_int_equal(count_files(), 2);
}

/* The second rename fails because a folder stands there: the first one is taken back. */
static void undone(void **state)
{
	(void)state;
	size_t changed;
	write_files("1", "2", &changed);
	assert_int_equal(mkdir(path_of("three"), 0777), 0);
	struct lx_io_set *set = lx_io_set_open();
	struct lx_fail failed = {0};
	assert_int_equal(lx_io_set_add(set, path_of("one"), "new", 3, &failed), LX_OK);
	assert_int_equal(lx_io_set_add(set, path_of("fresh"), "new", 3, &failed), LX_OK);
	assert_int_equal(lx_io_set_add(set, path_of("three"), "new", 3, &failed), LX_OK);
	assert_int_equal(lx_io_set_commit(set, &changed, &failed), LX_FAILED);
	assert_string_equal(failed.code, "L0102");
	lx_io_set_close(set);
	check_content("one", "1");
	assert_false(lx_io_exists(path_of("fresh")));
	assert_int_equal(count_files(), 3);
	rmdir(path_of("three"));
}

/* A disk that is full in the middle of a file: nothing changes, and the message says what to do. */
static void torn(void **state)
{
	(void)state;
	size_t changed;
	write_files("1", "2", &changed);
	signal(SIGXFSZ, SIG_IGN);
	struct rlimit before, small;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 100;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	static char large[5000];
	memset(large, 'x', sizeof large);
	struct lx_io_set *set = lx_io_set_open();
	struct lx_fail failed = {0};
	enum lx_status status = lx_io_set_add(set, path_of("one"), large, sizeof large, &failed);
	setrlimit(RLIMIT_FSIZE, &before);
	assert_int_equal(status, LX_FAILED);
	assert_string_equal(failed.code, "L0102");
	assert_non_null(strstr(failed.message, "one"));
	lx_io_set_close(set);
	check_content("one", "1");
	assert_int_equal(count_files(), 2);
}

static void read_only(void **state)
{
	(void)state;
	enum { NOBODY = 65534 };
	assert_int_equal(chmod(folder, 0555), 0);
	bool is_root = geteuid() == 0; /* root may write anywhere */
	if (is_root)
		assert_int_equal(seteuid(NOBODY), 0);
	struct lx_io_set *set = lx_io_set_open();
	struct lx_fail failed = {0};
	enum lx_status status = lx_io_set_add(set, path_of("fresh"), "x", 1, &failed);
	if (is_root)
		assert_int_equal(seteuid(0), 0);
	chmod(folder, 0755);
	assert_int_equal(status, LX_FAILED);
	assert_string_equal(failed.code, "L0102");
	assert_non_null(strstr(failed.help, "permission"));
	lx_io_set_close(set);
}

static void reading(void **state)
{
	(void)state;
	char *text;
	size_t length;
	struct lx_fail failed = {0};
	assert_int_equal(lx_io_read(path_of("nothing"), 10, &text, &length, &failed), LX_FAILED);
	assert_string_equal(failed.code, "L0101");
	failed = (struct lx_fail){0};
	assert_int_equal(lx_io_read(folder, 10, &text, &length, &failed), LX_FAILED);
	assert_string_equal(failed.code, "L0103");
	assert_int_equal(mkfifo(path_of("fifo"), 0600), 0);
	failed = (struct lx_fail){0};
	assert_int_equal(lx_io_read(path_of("fifo"), 10, &text, &length, &failed), LX_FAILED);
	assert_string_equal(failed.code, "L0103");
	unlink(path_of("fifo"));
	size_t changed;
	write_files("0123456789", "", &changed);
	failed = (struct lx_fail){0};
	assert_int_equal(lx_io_read(path_of("one"), 9, &text, &length, &failed), LX_FAILED);
	assert_string_equal(failed.code, "L0104");
	check_content("one", "0123456789");
	check_content("two", "");
}

static void folders(void **state)
{
	(void)state;
	struct lx_fail failed = {0};
	assert_int_equal(lx_io_make_folder(path_of("a/b/c"), &failed), LX_OK);
	assert_int_equal(lx_io_make_folder(path_of("a/b/c"), &failed), LX_OK);
	assert_true(lx_io_is_folder(path_of("a/b/c")));
	assert_int_equal(lx_io_make_folder(path_of("one/b"), &failed), LX_FAILED); /* a file is in the way */
	char **names;
	size_t count;
	for (int i = 3; i > 0; i--) {
		char name[32];
		snprintf(name, sizeof name, "a/%d.sql", i);
		FILE *file = fopen(path_of(name), "w");
		assert_non_null(file);
		fclose(file);
	}
	FILE *hidden = fopen(path_of("a/.x.sql"), "w");
	fclose(hidden);
	assert_int_equal(lx_io_list(path_of("a"), ".sql", &names, &count, NULL), LX_OK);
	assert_int_equal(count, 3);
	assert_string_equal(names[0], "1.sql");
	assert_string_equal(names[2], "3.sql");
	assert_null(names[3]);
	free(names);
	failed = (struct lx_fail){0};
	assert_int_equal(lx_io_list(path_of("missing"), ".sql", &names, &count, &failed), LX_FAILED);
	assert_string_equal(failed.code, "L0101");
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	static const char *const names[] = {"a/1.sql", "a/2.sql", "a/3.sql", "a/.x.sql", "one", "two"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unlink(path_of(names[i]));
	static const char *const inner[] = {"a/b/c", "a/b", "a", ""};
	int rc = 0;
	for (size_t i = 0; i < sizeof inner / sizeof *inner; i++)
		rc |= rmdir(path_of(inner[i]));
	return rc;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(writing), cmocka_unit_test(writing_many), cmocka_unit_test(abandoned),
	    cmocka_unit_test(undone),  cmocka_unit_test(torn),         cmocka_unit_test(read_only),
	    cmocka_unit_test(reading), cmocka_unit_test(folders),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
