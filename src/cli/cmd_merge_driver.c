/* lexo merge-driver: git merges schema.lexo by what it says, not by its lines.
 * Two tables that are alike in some lines would otherwise be woven into each other.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "check/compile.h"
#include "cli/commands.h"
#include "cli/merge_driver.h"
#include "cli/merge_schema.h"
#include "cli/models.h"
#include "cli/program.h"
#include "ir/schema.h"
#include "snapshot/snapshot.h"

enum { SNAPSHOT_LIMIT = 64 << 20, NEWEST_SERVER = 18 };

/* Whatever the configuration says (it may be in the middle of a merge itself): the text was judged when it was written.
 */
static enum lx_status compile(struct lx_cli *cli, const char *name, const char *text, size_t length,
			      struct lx_schema **schema)
{
	struct lx_compile_options options = {.target_version = NEWEST_SERVER, .is_snapshot = true};
	*schema = lx_compile_text(cli->arena, &cli->diags, name, text, length, &options);
	if (*schema && !cli->diags.errors)
		return LX_OK;
	lx_fail(&cli->fail, LX_DIFFERS, "L0503", "the snapshot of the schema cannot be read");
	lx_fail_where(&cli->fail, "%s", name);
	lx_fail_help(&cli->fail, "after the merge: lexo snapshot");
	return LX_DIFFERS;
}

static enum lx_status read_version(struct lx_cli *cli, const char *path, const char *name, struct lx_schema **schema)
{
	char *text;
	size_t length;
	enum lx_status status = lx_io_read(path, SNAPSHOT_LIMIT, &text, &length, &cli->fail);
	if (status != LX_OK)
		return status;
	const char *copy = lx_arena_copy(cli->arena, text, length);
	free(text);
	*schema = lx_schema_open(cli->arena);
	return length ? compile(cli, name, copy, length, schema) : LX_OK; /* nothing: the file is new on both sides */
}

static enum lx_status refuse(struct lx_cli *cli, const char *name, const struct lx_vec *conflicts)
{
	struct lx_buffer keys = LX_BUFFER_INIT;
	lx_json_key(&cli->json, "conflicts");
	lx_json_open_array(&cli->json);
	LX_EACH (const char *, key, conflicts) {
		lx_buffer_printf(&keys, "%s%s", keys.length ? ", " : "", key);
		lx_json_string(&cli->json, key);
	}
	lx_json_close_array(&cli->json);
	if (!conflicts->length)
		return LX_OK;
	lx_fail(&cli->fail, LX_DIFFERS, "L0520", "both sides change %s", lx_buffer_text(&keys));
	lx_fail_where(&cli->fail, "%s", name);
	lx_fail_help(&cli->fail, "merge the models, then: git add %s; lexo merge; lexo snapshot", name);
	lx_buffer_free(&keys);
	return LX_DIFFERS;
}

static enum lx_status write(struct lx_cli *cli, const char *path, const char *name, const struct lx_schema *merged)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	struct lx_schema *proof;
	struct lx_io_set *set = lx_io_set_open();
	lx_snapshot_print(&text, merged);
	enum lx_status status =
	    set && lx_buffer_ok(&text) ? LX_OK : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	if (status == LX_OK) /* one side may use what the other one drops */
		status = compile(cli, name, lx_arena_string(cli->arena, lx_buffer_text(&text)), text.length, &proof);
	if (status == LX_OK)
		status = lx_io_set_add(set, path, lx_buffer_text(&text), text.length, &cli->fail);
	if (status == LX_OK)
		status = lx_io_set_commit(set, NULL, &cli->fail);
	lx_io_set_close(set);
	lx_buffer_free(&text);
	return status;
}

static enum lx_status merge(struct lx_cli *cli)
{
	const struct lx_vec *operands = &cli->options.operands;
	const char *const *paths = (const char *const *)operands->items;
	const char *name = operands->length > 3 ? paths[3] : paths[1];
	struct lx_schema *versions[3];
	struct lx_vec conflicts = {0};
	enum lx_status status = LX_OK;
	for (size_t i = 0; status == LX_OK && i < 3; i++)
		status = read_version(cli, paths[i], name, &versions[i]);
	if (status != LX_OK)
		return status;
	const struct lx_schema *merged = lx_schema_merge(cli->arena, versions[0], versions[1], versions[2], &conflicts);
	status = refuse(cli, name, &conflicts);
	return status == LX_OK ? write(cli, paths[1], name, merged) : status;
}

/* --- telling git -----------------------------------------------------------------------------------------------------
 */

static int run_git(struct lx_cli *cli, const char *folder, const char *key, const char *value)
{
	const char *words[] = {"git", "config", "--local", key, value};
	char *arguments[6] = {NULL};
	for (size_t i = 0; i < 5; i++)
		arguments[i] = lx_arena_string(cli->arena, words[i]);
	return lx_program_run(arguments, folder, true);
}

bool lx_merge_driver_install(struct lx_cli *cli, const char *folder)
{
	return run_git(cli, folder, "merge.lexo.name", "lexo merge-driver") == 0 &&
	       run_git(cli, folder, "merge.lexo.driver", "lexo merge-driver %O %A %B %P") == 0;
}

static enum lx_status install(struct lx_cli *cli)
{
	if (lx_merge_driver_install(cli, NULL)) {
		lx_cli_print(cli, "git merges files with the attribute merge=lexo by lexo now, in this clone\n");
		return LX_OK;
	}
	lx_fail(&cli->fail, LX_FAILED, "L0433", "git cannot be told: there is no git, or this is no repository of it");
	lx_fail_help(&cli->fail, "run it in the working tree of the project");
	return LX_FAILED;
}

enum lx_status lx_command_merge_driver(struct lx_cli *cli)
{
	bool is_install = lx_option_given(&cli->options, LX_OPTION_INSTALL);
	if (is_install && !cli->options.operands.length)
		return install(cli);
	if (!is_install && cli->options.operands.length >= 3)
		return merge(cli);
	lx_fail(&cli->fail, LX_USAGE, "L0202", "'lexo merge-driver' needs BASE, OURS and THEIRS, or --install alone");
	lx_fail_help(&cli->fail, "git calls it with %%O %%A %%B %%P");
	return LX_USAGE;
}
