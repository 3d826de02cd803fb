/* lexo compile: models to C bindings, or to SQL or the snapshot form on standard output.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/commands.h"
#include "cli/generated.h"
#include "cli/models.h"
#include "cli/query_sum.h"
#include "cli/revisions.h"
#include "codegen/codegen.h"
#include "plan/plan.h"
#include "snapshot/snapshot.h"

static void add_make_name(struct lx_buffer *out, const char *path)
{
	for (; *path; path++) {
		if (strchr(" \t#\\", *path))
			lx_buffer_char(out, '\\');
		else if (*path == '$')
			lx_buffer_char(out, '$');
		lx_buffer_char(out, *path);
	}
}

static void add_prerequisite(struct lx_buffer *rule, struct lx_buffer *phony, const char *path)
{
	lx_buffer_string(rule, " \\\n  ");
	add_make_name(rule, path);
	add_make_name(phony, path);
	lx_buffer_string(phony, ":\n");
}

/* A rule for make: the generated files depend on every model and revision that was read.  Each of those also has an
 * empty rule, so that removing one does not stop make. */
static enum lx_status write_depfile(struct lx_cli *cli, const char *path, const struct lx_generated *generated,
				    const struct lx_history *history)
{
	struct lx_buffer text = LX_BUFFER_INIT, phony = LX_BUFFER_INIT;
	struct lx_io_set *set = lx_io_set_open();
	LX_EACH (const char *, name, &generated->names) {
		lx_buffer_string(&text, text.length ? " " : "");
		add_make_name(&text, lx_arena_printf(cli->arena, "%s/%s", generated->folder, name));
	}
	lx_buffer_char(&text, ':');
	LX_EACH (const struct lx_source *, source, &cli->diags.sources)
		add_prerequisite(&text, &phony, source->path);
	for (size_t i = 0; history && i < history->count; i++)
		add_prerequisite(&text, &phony, history->revisions[i]->path);
	lx_buffer_char(&text, '\n');
	lx_buffer_string(&text, lx_buffer_text(&phony));
	enum lx_status status = set && lx_buffer_ok(&text) && lx_buffer_ok(&phony)
				    ? LX_OK
				    : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	if (status == LX_OK)
		status = lx_io_set_add(set, path, lx_buffer_text(&text), text.length, &cli->fail);
	if (status == LX_OK)
		status = lx_io_set_commit(set, NULL, &cli->fail);
	lx_io_set_close(set);
	lx_buffer_free(&text);
	lx_buffer_free(&phony);
	return status;
}

static void report(struct lx_cli *cli, const struct lx_generated *generated)
{
	lx_json_key(&cli->json, "changed");
	lx_json_open_array(&cli->json);
	LX_EACH (const char *, path, &generated->changed) {
		lx_cli_print(cli, "%s\n", path);
		lx_json_string(&cli->json, path);
	}
	lx_json_close_array(&cli->json);
	lx_json_key_integer(&cli->json, "files", (int64_t)generated->names.length);
}

static enum lx_status emit_files(struct lx_cli *cli, const struct lx_schema *schema, const struct lx_history *history)
{
	struct lx_generated generated;
	const char *depfile = lx_option_value(&cli->options, LX_OPTION_DEPFILE);
	bool is_check = lx_option_given(&cli->options, LX_OPTION_CHECK);
	enum lx_status status = lx_generated_make(cli, schema, history, !is_check, &generated);
	if (status != LX_OK)
		return status;
	report(cli, &generated);
	if (is_check)
		return lx_generated_check(cli, &generated);
	return depfile ? write_depfile(cli, depfile, &generated, history) : LX_OK;
}

/* The history belongs to the models of the project: it is not embedded beside other ones. */
static enum lx_status emit_c(struct lx_cli *cli, const struct lx_schema *schema)
{
	struct lx_history *history = NULL;
	enum lx_status status = LX_OK;
	size_t unread;
	if (!cli->options.operands.length) {
		status = lx_revisions_read(cli, &history);
		if (status == LX_OK && history->count)
			status = lx_revisions_verify(cli, history);
	}
	if (status == LX_OK)
		status = emit_files(cli, schema, history);
	if (status == LX_OK && history)
		status = lx_query_sum_compare(cli, schema, &unread);
	lx_history_close(history);
	return status;
}

static enum lx_status emit_text(struct lx_cli *cli, const struct lx_schema *schema, bool is_sql)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	if (is_sql)
		lx_plan_print(&text, lx_models_create_plan(cli->arena, schema));
	else
		lx_snapshot_print(&text, schema);
	enum lx_status status = lx_buffer_ok(&text) ? LX_OK : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	lx_cli_print_text(cli, lx_buffer_text(&text), text.length);
	lx_json_key_string(&cli->json, is_sql ? "sql" : "snapshot", lx_buffer_text(&text));
	lx_buffer_free(&text);
	return status;
}

enum lx_status lx_command_compile(struct lx_cli *cli)
{
	static const char *const words[] = {"c", "snapshot", "sql"};
	const char *emit = lx_option_value(&cli->options, LX_OPTION_EMIT);
	struct lx_schema *schema;
	size_t chosen = 0;
	while (emit && chosen < 3 && strcmp(emit, words[chosen]) != 0)
		chosen++;
	if (chosen == 3) {
		lx_fail(&cli->fail, LX_USAGE, "L0202", "--emit does not know '%s'", emit);
		lx_fail_help(&cli->fail, "it is c, snapshot or sql");
		return LX_USAGE;
	}
	enum lx_status status = lx_models_compile(cli, &cli->options.operands, &schema);
	if (status != LX_OK)
		return status;
	return chosen == 0 ? emit_c(cli, schema) : emit_text(cli, schema, chosen == 2);
}
