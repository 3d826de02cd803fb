/* lexo test: does every revision go up, down and up again?
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/revisions.h"
#include "cli/script.h"
#include "cli/test_revision.h"

struct test {
	struct lx_cli *cli;
	struct lx_history *history;
	struct lx_tester tester;
	unsigned char *wanted; /* by index: to be applied, */
	unsigned char *tested; /* and tested */
	struct lx_vec data;    /* struct data * */
	struct lx_vec results; /* struct lx_test_result * */
	size_t counts[LX_TEST_VERDICTS];
};

/* --data REVISION=FILE; without a revision before all of them. */
struct data {
	const struct lx_revision *revision; /* NULL: base */
	const char *file;
};

/* --- what is asked for ----------------------------------------------------------------------------------------------
 */

static enum lx_status read_range(struct test *test, const char *word, struct lx_revision_set *from,
				 struct lx_revision_set *to)
{
	struct lx_revision_set current = {0};
	bool is_asked = lx_database_is_asked(word);
	enum lx_status status = is_asked ? lx_database_current(test->cli, test->history, &current) : LX_OK;
	if (status != LX_OK)
		return status;
	return lx_identify_range(test->history, word, is_asked ? &current : NULL, from, to, &test->cli->fail);
}

static enum lx_status choose(struct test *test, const char *word, struct lx_revision_set *from)
{
	struct lx_cli *cli = test->cli;
	const struct lx_history *history = test->history;
	struct lx_revision_set to;
	bool is_range = word && strchr(word, ':');
	enum lx_status status = is_range ? read_range(test, word, from, &to)
					 : lx_database_identify(cli, history, word ? word : "heads", &to);
	if (status != LX_OK)
		return status;
	lx_history_mark(history, &to, test->wanted);
	unsigned char *below = lx_arena_alloc(cli->arena, history->count + 1);
	lx_history_mark(history, from, below);
	if (word && !is_range) {
		for (size_t i = 0; i < to.count; i++)
			test->tested[to.items[i]->index] = 1;
		return LX_OK;
	}
	for (size_t i = 0; i < history->count; i++)
		test->tested[i] = test->wanted[i] && !below[i];
	return LX_OK;
}

static enum lx_status read_data(struct test *test)
{
	struct lx_cli *cli = test->cli;
	LX_EACH (const char *, given, &cli->options.values[LX_OPTION_DATA]) {
		struct data *data = LX_NEW(cli->arena, struct data);
		const char *sign = strchr(given, '=');
		struct lx_revision_set set = {0};
		data->file = sign ? sign + 1 : given;
		const char *word = sign ? lx_arena_copy(cli->arena, given, (size_t)(sign - given)) : "base";
		enum lx_status status = lx_database_identify(cli, test->history, word, &set);
		if (status != LX_OK)
			return status;
		data->revision = set.count ? set.items[0] : NULL;
		lx_vec_push(cli->arena, &test->data, data);
	}
	return LX_OK;
}

/* --- before the first ------------------------------------------------------------------------------------------------
 */

static enum lx_status load_data(struct test *test, const struct lx_revision *revision)
{
	enum lx_status status = LX_OK;
	LX_EACH (const struct data *, data, &test->data)
		if (status == LX_OK && data->revision == revision) {
			lx_tester_forget(&test->tester);
			status = lx_script_run(test->cli, test->tester.conn, data->file);
		}
	return status;
}

static enum lx_status stamp(struct test *test, const struct lx_revision_set *from)
{
	struct lx_cli *cli = test->cli;
	const char **ids = LX_NEW_ARRAY(cli->arena, const char *, from->count + 1);
	for (size_t i = 0; i < from->count; i++)
		ids[i] = from->items[i]->id;
	if (from->count)
		return lx_engine_stamp(test->tester.engine, test->history, ids, from->count, false, &cli->fail);
	lx_fail(&cli->fail, LX_USAGE, "L0202", "the dump has no tables of lexo that say at which revision it was made");
	lx_fail_help(&cli->fail, "say it with the range: lexo test REVISION:head --dump FILE");
	return LX_USAGE;
}

/* The dump is loaded; what it was made at counts as applied. */
static enum lx_status load_dump(struct test *test, const char *file, const struct lx_revision_set *from)
{
	struct lx_cli *cli = test->cli;
	struct lx_engine *engine = test->tester.engine;
	struct lx_state state = {0};
	struct lx_revision_set current;
	enum lx_status status = lx_script_run(cli, test->tester.conn, file);
	if (status == LX_OK)
		status = lx_engine_state(engine, &state, &cli->fail);
	if (status == LX_OK && !state.has_tables) {
		status = stamp(test, from);
		lx_state_free(&state);
		if (status == LX_OK)
			status = lx_engine_state(engine, &state, &cli->fail);
	}
	if (status == LX_OK)
		status = lx_engine_match(engine, test->history, &state, &current, &cli->fail);
	lx_state_free(&state);
	if (status == LX_OK)
		lx_history_mark(test->history, &current, test->tester.applied);
	return status;
}

/* --- the run ---------------------------------------------------------------------------------------------------------
 */

static enum lx_status test_one(struct test *test, struct lx_revision *revision)
{
	struct lx_cli *cli = test->cli;
	struct lx_test_result *result = LX_NEW(cli->arena, struct lx_test_result);
	enum lx_status status = lx_tester_run(&test->tester, revision, result);
	if (status != LX_OK)
		return status;
	lx_vec_push(cli->arena, &test->results, result);
	test->counts[result->verdict]++;
	lx_test_print(cli, result);
	lx_test_print_json(cli, result);
	return LX_OK;
}

static enum lx_status run(struct test *test)
{
	struct lx_cli *cli = test->cli;
	enum lx_status status = load_data(test, NULL);
	lx_json_key(&cli->json, "revisions");
	lx_json_open_array(&cli->json);
	for (size_t i = 0; i < test->history->count && status == LX_OK; i++) {
		struct lx_revision *revision = test->history->revisions[i];
		if (!test->wanted[i] || test->tester.applied[i])
			continue;
		status = test->tested[i] ? test_one(test, revision) : lx_tester_apply(&test->tester, revision);
		if (status == LX_OK && test->tester.applied[i])
			status = load_data(test, revision);
	}
	lx_json_close_array(&cli->json);
	return status;
}

static enum lx_status write_junit(struct test *test, const char *path)
{
	struct lx_cli *cli = test->cli;
	struct lx_buffer text = LX_BUFFER_INIT;
	struct lx_io_set *set = lx_io_set_open();
	lx_test_print_junit(&text, &test->results);
	enum lx_status status =
	    set && lx_buffer_ok(&text) ? LX_OK : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	if (status == LX_OK)
		status = lx_io_set_add(set, path, lx_buffer_text(&text), text.length, &cli->fail);
	if (status == LX_OK)
		status = lx_io_set_commit(set, NULL, &cli->fail);
	lx_io_set_close(set);
	lx_buffer_free(&text);
	return status;
}

static enum lx_status conclude(struct test *test)
{
	struct lx_cli *cli = test->cli;
	size_t failed = test->counts[LX_TEST_FAILED], total = test->results.length;
	lx_json_key(&cli->json, "counts");
	lx_json_open_object(&cli->json);
	lx_cli_print(cli, "%zu revision%s:", total, total == 1 ? "" : "s");
	for (size_t i = 0; i < LX_TEST_VERDICTS; i++) {
		if (test->counts[i] || i == LX_TEST_PASSED)
			lx_cli_print(cli, "%s %zu %s", i ? "," : "", test->counts[i], lx_test_verdicts[i]);
		lx_json_key_integer(&cli->json, lx_test_keys[i], (int64_t)test->counts[i]);
	}
	lx_cli_print(cli, "\n");
	lx_json_close_object(&cli->json);
	if (!failed)
		return LX_OK;
	lx_fail(&cli->fail, LX_DIFFERS, "L0431", "%zu of %zu revisions do not go up, down and up again", failed, total);
	lx_fail_help(&cli->fail, "correct their SQL as shown above and run lexo hash; one that is deployed already is\n"
				 "better marked with -- lexo:irreversible REASON");
	return LX_DIFFERS;
}

static enum lx_status test_history(struct test *test)
{
	struct lx_cli *cli = test->cli;
	const struct lx_vec *operands = &cli->options.operands;
	const char *dump = lx_option_value(&cli->options, LX_OPTION_DUMP);
	const char *junit = lx_option_value(&cli->options, LX_OPTION_JUNIT);
	struct lx_revision_set from = {0};
	test->wanted = lx_arena_alloc(cli->arena, test->history->count + 1);
	test->tested = lx_arena_alloc(cli->arena, test->history->count + 1);
	enum lx_status status = test->history->count ? lx_revisions_verify(cli, test->history) : LX_OK;
	if (status == LX_OK)
		status = choose(test, operands->length ? operands->items[0] : NULL, &from);
	if (status == LX_OK)
		status = read_data(test);
	if (status != LX_OK)
		return status;
	lx_database_catch_signals(); /* scratch databases are to be dropped */
	status = lx_tester_open(cli, test->history, &test->tester);
	if (status == LX_OK && dump)
		status = load_dump(test, dump, &from);
	if (status == LX_OK)
		status = run(test);
	lx_tester_close(&test->tester);
	if (status == LX_OK && junit)
		status = write_junit(test, junit);
	return status == LX_OK ? conclude(test) : lx_database_stopped(status);
}

enum lx_status lx_command_test(struct lx_cli *cli)
{
	struct test test = {.cli = cli};
	enum lx_status status = lx_revisions_read(cli, &test.history);
	if (status == LX_OK)
		status = test_history(&test);
	lx_history_close(test.history);
	return status;
}
