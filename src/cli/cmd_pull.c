/* lexo pull: a database to models.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/commands.h"
#include "cli/models.h"
#include "cli/scope.h"
#include "cli/sides.h"
#include "ir/schema.h"
#include "plan/unsaid.h"
#include "snapshot/snapshot.h"

/* What belongs into one file. */
struct group {
	const char *schema; /* NULL: what is in no schema */
	const char *path;
};

static bool is_of_group(const struct lx_object *object, void *context)
{
	const struct group *group = context;
	return group->schema ? object->schema && strcmp(object->schema, group->schema) == 0 : !object->schema;
}

/* A schema's name may hold anything; what a file's name should not hold becomes '_'. */
static const char *file_name(struct lx_arena *arena, const char *schema)
{
	char *name = lx_arena_string(arena, schema);
	for (char *at = name; *at; at++)
		if (strchr("/\\:*?\"<>|", *at) || (unsigned char)*at < ' ' || (at == name && *at == '.'))
			*at = '_';
	return name;
}

static bool is_path_taken(const struct lx_vec *groups, const char *path)
{
	LX_EACH (const struct group *, group, groups)
		if (strcmp(group->path, path) == 0)
			return true;
	return false;
}

static void add_group(struct lx_cli *cli, struct lx_vec *groups, const char *folder, const char *schema)
{
	struct group *group = LX_NEW(cli->arena, struct group);
	const char *name = schema ? file_name(cli->arena, schema) : "database";
	group->schema = schema;
	group->path = lx_arena_printf(cli->arena, "%s/%s.lexo", folder, name);
	for (unsigned i = 2; is_path_taken(groups, group->path); i++)
		group->path = lx_arena_printf(cli->arena, "%s/%s_%u.lexo", folder, name, i);
	lx_vec_push(cli->arena, groups, group);
}

/* The objects are sorted by kind, so schemas may come up again. */
static struct lx_vec group_objects(struct lx_cli *cli, const struct lx_schema *schema, const char *folder)
{
	struct lx_vec groups = {0};
	LX_EACH (const struct lx_object *, object, &schema->objects) {
		bool is_known = false;
		LX_EACH (struct group *, group, &groups)
			is_known |= is_of_group(object, group);
		if (!is_known)
			add_group(cli, &groups, folder, object->schema);
	}
	return groups;
}

static enum lx_status refuse_overwriting(struct lx_cli *cli, const char *path)
{
	lx_fail(&cli->fail, LX_REFUSED, "L0208", "%s is there already", path);
	lx_fail_help(&cli->fail, "give another folder with -o, or overwrite with --force");
	return LX_REFUSED;
}

static enum lx_status add_file(struct lx_cli *cli, struct lx_io_set *set, const struct lx_schema *schema,
			       struct group *group)
{
	struct lx_buffer text = LX_BUFFER_INIT, formatted = LX_BUFFER_INIT;
	if (lx_io_exists(group->path) && !lx_option_given(&cli->options, LX_OPTION_FORCE))
		return refuse_overwriting(cli, group->path);
	lx_snapshot_print_some(&text, schema, is_of_group, group);
	enum lx_status status = LX_OK;
	if (!lx_buffer_ok(&text))
		status = lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	const char *copy = lx_arena_copy(cli->arena, lx_buffer_text(&text), text.length);
	if (status == LX_OK)
		status = lx_models_format(cli, group->path, copy, text.length, &formatted);
	if (status == LX_OK)
		status = lx_io_set_add(set, group->path, lx_buffer_text(&formatted), formatted.length, &cli->fail);
	lx_buffer_free(&text);
	lx_buffer_free(&formatted);
	return status;
}

static enum lx_status write_files(struct lx_cli *cli, const struct lx_schema *schema, const struct lx_vec *groups)
{
	struct lx_io_set *set = lx_io_set_open();
	enum lx_status status = set ? LX_OK : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	lx_json_key(&cli->json, "files");
	lx_json_open_array(&cli->json);
	for (size_t i = 0; i < groups->length && status == LX_OK; i++) {
		struct group *group = groups->items[i];
		status = add_file(cli, set, schema, group);
		lx_json_string(&cli->json, group->path);
	}
	lx_json_close_array(&cli->json);
	if (status == LX_OK)
		status = lx_io_set_commit(set, NULL, &cli->fail);
	lx_io_set_close(set);
	return status;
}

enum lx_status lx_command_pull(struct lx_cli *cli)
{
	const struct lx_vec *operands = &cli->options.operands;
	const char *folder = lx_option_value(&cli->options, LX_OPTION_OUTPUT_FOLDER);
	struct lx_schema *schema;
	enum lx_status status = lx_cli_config(cli);
	if (status == LX_OK)
		status = lx_sides_database(cli, operands->length ? operands->items[0] : NULL, &schema);
	if (status != LX_OK)
		return status;
	lx_plan_say_needs(schema);
	schema = lx_scope_narrow(cli, schema);
	if (!folder)
		folder = cli->config.models.items[0];
	struct lx_vec groups = group_objects(cli, schema, folder);
	status = lx_io_make_folder(folder, &cli->fail);
	if (status == LX_OK)
		status = write_files(cli, schema, &groups);
	if (status == LX_OK)
		LX_EACH (const struct group *, group, &groups)
			lx_cli_print(cli, "%s\n", group->path);
	return status;
}
