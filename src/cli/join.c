/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/join.h"

#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "base/sha256.h"
#include "cli/models.h"
#include "snapshot/snapshot.h"

static const char *source(struct lx_cli *cli)
{
	return lx_arena_printf(cli->arena, "lexo.%s", lx_commands[cli->options.command].word);
}

void lx_join_report(struct lx_cli *cli, const struct lx_vec *clashes)
{
	lx_json_key(&cli->json, "clashes");
	lx_json_open_array(&cli->json);
	LX_EACH (const struct lx_clash *, clash, clashes) {
		lx_cli_warn(cli, source(cli), "%s is %s", clash->object, clash->text);
		lx_json_open_object(&cli->json);
		lx_json_key_string(&cli->json, "object", clash->object);
		lx_json_key_string(&cli->json, "text", clash->text);
		lx_json_close_object(&cli->json);
	}
	lx_json_close_array(&cli->json);
	if (clashes->length)
		lx_cli_warn(cli, source(cli),
			    "the order in which the branches run may matter; look at these revisions, then try both "
			    "ways: lexo check --ephemeral");
	else
		lx_cli_log(cli, source(cli), "The branches change different objects: their order does not matter");
}

static const char *nearest_state(const struct lx_revision *revision)
{
	while (revision && !revision->state)
		revision = revision->revises.count == 1 ? revision->parents[0] : NULL;
	return revision ? revision->state : NULL;
}

/* The text of schema.lexo in its form, and its hash; *WHY it cannot be had. */
static enum lx_status read_snapshot(struct lx_cli *cli, struct lx_buffer *snapshot, char hex[LX_SHA256_HEX],
				    const char **why)
{
	struct lx_schema *schema;
	*why = "there is none";
	if (!lx_io_exists(lx_arena_printf(cli->arena, "%s/schema.lexo", cli->config.script_location)))
		return LX_OK;
	*why = "it cannot be read";
	if (lx_models_snapshot(cli, &schema) != LX_OK) { /* a conflict is left in it */
		cli->fail = (struct lx_fail){0};
		lx_diags_init(&cli->diags, cli->arena);
		return LX_OK;
	}
	*why = NULL;
	lx_snapshot_print(snapshot, schema);
	if (!lx_buffer_ok(snapshot) || !lx_sha256_hex(lx_buffer_text(snapshot), snapshot->length, hex))
		return lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	return LX_OK;
}

/* Version control has merged schema.lexo when it is none of the branches' own: NULL, or why that is not so. */
static const char *refuse_own(const struct lx_revision_set *sides, const char *hex)
{
	for (size_t i = 0; i < sides->count; i++) {
		const char *own = nearest_state(sides->items[i]);
		if (!own)
			return "a branch does not state what it leads to";
		if (strcmp(own, hex) == 0)
			return "it is that of one branch alone";
	}
	return NULL;
}

enum lx_status lx_join_state(struct lx_cli *cli, const struct lx_history *history, const struct lx_revision_set *sides,
			     bool is_whole, const struct lx_vec *clashes, struct lx_buffer *snapshot,
			     const char **state)
{
	const char *missing, *why = NULL;
	char hex[LX_SHA256_HEX] = "";
	*state = NULL;
	enum lx_status status = read_snapshot(cli, snapshot, hex, &missing);
	if (status != LX_OK)
		return status;
	bool is_current = !missing && lx_models_is_stated(history, hex); /* all was in it before they came together */
	if (!is_current && !is_whole)
		why = "there are other heads";
	else if (!is_current && clashes->length)
		why = "the branches change the same objects";
	else if (!is_current)
		why = missing ? missing : refuse_own(sides, hex);
	if (why) {
		lx_cli_warn(cli, source(cli), "schema.lexo is not taken over: %s; rebuild it with: lexo snapshot", why);
		return LX_OK;
	}
	lx_cli_log(cli, source(cli), "schema.lexo is taken as what the branches together lead to");
	*state = lx_arena_string(cli->arena, hex);
	return LX_OK;
}
