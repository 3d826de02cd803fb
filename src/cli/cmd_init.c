/* lexo init and list_templates: the files a project starts with.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/merge_driver.h"
#include "cli/templates.h"

enum { FILES = 16 };

static enum lx_status refuse_existing(struct lx_cli *cli, const char *const *paths)
{
	for (size_t i = 0; paths[i]; i++) {
		if (!lx_io_exists(paths[i]))
			continue;
		lx_fail(&cli->fail, LX_FAILED, "L0208", "%s is already there; nothing was written", paths[i]);
		lx_fail_help(&cli->fail, "start in an empty folder (lexo init FOLDER), or move that file away");
		return LX_FAILED;
	}
	return LX_OK;
}

static enum lx_status write_files(struct lx_cli *cli, const struct lx_template *template, const char *const *paths)
{
	struct lx_io_set *set = lx_io_set_open();
	enum lx_status status = set ? LX_OK : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	for (size_t i = 0; paths[i] && status == LX_OK; i++) {
		const char *slash = strrchr(paths[i], '/'), *text = template->files[i].text;
		if (slash)
			status = lx_io_make_folder(lx_arena_copy(cli->arena, paths[i], (size_t)(slash - paths[i])),
						   &cli->fail);
		if (status == LX_OK)
			status = lx_io_set_add(set, paths[i], text, strlen(text), &cli->fail);
	}
	if (status == LX_OK)
		status = lx_io_set_commit(set, NULL, &cli->fail);
	lx_io_set_close(set);
	return status;
}

static enum lx_status choose_template(struct lx_cli *cli, const struct lx_template **template)
{
	size_t count;
	const struct lx_template *all = lx_templates(&count);
	const char *name = lx_option_value(&cli->options, LX_OPTION_TEMPLATE), *names[FILES];
	*template = name ? lx_template_find(name) : all;
	if (*template)
		return LX_OK;
	for (size_t i = 0; i < count; i++)
		names[i] = all[i].name;
	const char *nearest = lx_nearest(name, names, count);
	lx_fail(&cli->fail, LX_USAGE, "L0202", "there is no template '%s'", name);
	if (nearest)
		lx_fail_help(&cli->fail, "did you mean '%s'? lexo list_templates shows them all", nearest);
	else
		lx_fail_help(&cli->fail, "lexo list_templates shows what there is");
	return LX_USAGE;
}

enum lx_status lx_command_init(struct lx_cli *cli)
{
	const char *folder = cli->options.operands.length ? cli->options.operands.items[0] : NULL;
	const struct lx_template *template;
	const char *paths[FILES] = {NULL};
	enum lx_status status = choose_template(cli, &template);
	for (size_t i = 0; status == LX_OK && template->files[i].path; i++)
		paths[i] = folder ? lx_arena_printf(cli->arena, "%s/%s", folder, template->files[i].path)
				  : template->files[i].path;
	if (status == LX_OK)
		status = refuse_existing(cli, paths);
	if (status == LX_OK)
		status = write_files(cli, template, paths);
	if (status != LX_OK)
		return status;
	lx_json_key(&cli->json, "files");
	lx_json_open_array(&cli->json);
	for (size_t i = 0; paths[i]; i++) {
		lx_cli_print(cli, "Creating %s ...  done\n", paths[i]);
		lx_json_string(&cli->json, paths[i]);
	}
	lx_json_close_array(&cli->json);
	if (lx_merge_driver_install(cli, folder))
		lx_cli_log(cli, "lexo",
			   "git merges schema.lexo by lexo here; in other clones: lexo merge-driver --install");
	lx_cli_log(cli, "lexo", "next: %s", template->next);
	return LX_OK;
}

enum lx_status lx_command_list_templates(struct lx_cli *cli)
{
	size_t count;
	const struct lx_template *all = lx_templates(&count);
	lx_cli_print(cli, "Available templates:\n\n");
	lx_json_key(&cli->json, "templates");
	lx_json_open_array(&cli->json);
	for (size_t i = 0; i < count; i++) {
		lx_cli_print(cli, "%s - %s\n", all[i].name, all[i].summary);
		lx_json_string(&cli->json, all[i].name);
	}
	lx_json_close_array(&cli->json);
	lx_cli_print(cli,
		     "\nTemplates are used via the 'init' command, e.g.:\n\n  lexo init --template generic FOLDER\n");
	return LX_OK;
}
