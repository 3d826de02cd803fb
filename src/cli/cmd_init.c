/* lexo init: the files a project starts with.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/cli.h"
#include "cli/commands.h"

static const char ini_text[] = "# Configuration of lexo.  Every key is optional; these are the defaults.\n"
			       "[lexo]\n"
			       "models = models\n"
			       "script_location = migrations\n"
			       "generated = generated\n"
			       "# prefix of every C name\n"
			       "c_prefix = app\n"
			       "# oldest major version of PostgreSQL that the SQL must run on\n"
			       "target_version = 15\n"
			       "# how long a statement of a migration waits for a lock\n"
			       "lock_timeout = 3s\n"
			       "# file_template = %(rev)s_%(slug)s\n"
			       "# Better in the environment, as LEXO_DATABASE_URL or DATABASE_URL:\n"
			       "# url = postgresql:///app\n";

static const char model_text[] = "lexo 1\n"
				 "\n"
				 "/// A person who may sign in.\n"
				 "model User @table('users') {\n"
				 "  id          int8  @id @identity\n"
				 "  /// Sign-in name.\n"
				 "  email       text  @unique\n"
				 "  name        text?\n"
				 "  created_at  timestamptz = now()\n"
				 "\n"
				 "  check email_has_at `position('@' in email) > 1`\n"
				 "}\n";

static const char attributes_text[] = "# Checksums are over bytes: no line end conversion.\n"
				      "*.lexo text eol=lf\n"
				      "/migrations/** text eol=lf\n"
				      "/generated/** text eol=lf linguist-generated\n";

static const char make_text[] = "# include lexo.mk\n"
				"# schema   bring the C bindings up to date\n"
				"# migrate  bring the database up to date\n"
				"# verify   what CI runs: nothing is out of date, no revision was changed\n"
				"LEXO ?= lexo\n"
				"\n"
				".PHONY: schema migrate verify\n"
				"schema:\n"
				"\t$(LEXO) compile\n"
				"migrate:\n"
				"\t$(LEXO) upgrade head\n"
				"verify:\n"
				"\t$(LEXO) fmt --check\n"
				"\t$(LEXO) check\n"
				"\t$(LEXO) verify\n";

static const char keep_text[] = "Revisions are written here by: lexo revision --autogenerate -m 'what changes'\n";

static const struct {
	const char *name;
	const char *text;
} files[] = {{"lexo.ini", ini_text},
	     {"models/app.lexo", model_text},
	     {"migrations/README", keep_text},
	     {".gitattributes", attributes_text},
	     {"lexo.mk", make_text}};
enum { FILE_COUNT = sizeof files / sizeof *files };

static enum lx_status refuse_existing(struct lx_cli *cli, const char *const *paths)
{
	for (size_t i = 0; i < FILE_COUNT; i++) {
		if (!lx_io_exists(paths[i]))
			continue;
		lx_fail(&cli->fail, LX_FAILED, "L0208", "%s is already there; nothing was written", paths[i]);
		lx_fail_help(&cli->fail, "start in an empty folder (lexo init FOLDER), or move that file away");
		return LX_FAILED;
	}
	return LX_OK;
}

static enum lx_status write_files(struct lx_cli *cli, const char *const *paths)
{
	struct lx_io_set *set = lx_io_set_open();
	enum lx_status status = set ? LX_OK : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	for (size_t i = 0; i < FILE_COUNT && status == LX_OK; i++) {
		const char *slash = strrchr(paths[i], '/');
		if (slash)
			status = lx_io_make_folder(lx_arena_copy(cli->arena, paths[i], (size_t)(slash - paths[i])),
						   &cli->fail);
		if (status == LX_OK)
			status = lx_io_set_add(set, paths[i], files[i].text, strlen(files[i].text), &cli->fail);
	}
	if (status == LX_OK)
		status = lx_io_set_commit(set, NULL, &cli->fail);
	lx_io_set_close(set);
	return status;
}

enum lx_status lx_command_init(struct lx_cli *cli)
{
	const char *folder = cli->options.operands.length ? cli->options.operands.items[0] : NULL;
	const char *paths[FILE_COUNT];
	for (size_t i = 0; i < FILE_COUNT; i++)
		paths[i] = folder ? lx_arena_printf(cli->arena, "%s/%s", folder, files[i].name) : files[i].name;
	enum lx_status status = refuse_existing(cli, paths);
	if (status == LX_OK)
		status = write_files(cli, paths);
	if (status != LX_OK)
		return status;
	lx_json_key(&cli->json, "files");
	lx_json_open_array(&cli->json);
	for (size_t i = 0; i < FILE_COUNT; i++) {
		lx_cli_print(cli, "Creating %s ...  done\n", paths[i]);
		lx_json_string(&cli->json, paths[i]);
	}
	lx_json_close_array(&cli->json);
	lx_cli_log(cli, "lexo", "next: edit models/app.lexo, then: lexo revision --autogenerate -m 'first tables'");
	return LX_OK;
}
