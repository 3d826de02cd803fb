/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/autogenerate.h"

#include <string.h>

#include "base/arena.h"
#include "base/sha256.h"
#include "cli/models.h"
#include "cli/scope.h"
#include "diff/diff.h"
#include "ir/schema.h"
#include "kinds/kind.h"
#include "plan/plan.h"
#include "snapshot/snapshot.h"

struct sides {
	struct lx_schema *old, *new; /* snapshot, models: what is in scope of them */
	struct lx_schema *whole_old, *whole_new;
	struct lx_diff *diff;
	struct lx_plan *plan;
	struct lx_vec guesses; /* struct lx_rename_guess *: those that nothing in the models decides */
};

/* --- renames --------------------------------------------------------------------------------------------------------
 */

/* Is something lost if GUESS is wrong?  A label goes with the statements about its new type. */
static bool is_loss(const struct lx_plan *plan, const struct lx_rename_guess *guess)
{
	const struct lx_object *object = guess->old_label ? guess->new : guess->old;
	LX_EACH (const struct lx_statement_text *, loss, &plan->losses)
		if (loss->object == object)
			return true;
	return false;
}

static void collect_guesses(struct lx_cli *cli, struct sides *sides)
{
	if (lx_option_given(&cli->options, LX_OPTION_ALLOW_DROP))
		return;
	LX_EACH (struct lx_rename_guess *, guess, &sides->diff->renames)
		if (is_loss(sides->plan, guess))
			lx_vec_push(cli->arena, &sides->guesses, guess);
}

static enum lx_status undecided(struct lx_cli *cli, const struct sides *sides)
{
	struct lx_buffer message = LX_BUFFER_INIT, help = LX_BUFFER_INIT;
	lx_json_key(&cli->json, "renames");
	lx_json_open_array(&cli->json);
	LX_EACH (const struct lx_rename_guess *, guess, &sides->guesses) {
		const char *old = lx_rename_old_text(cli->arena, guess), *new = lx_rename_new_text(cli->arena, guess);
		lx_buffer_printf(&message, "\n%s is gone and %s is new: renamed, or dropped and added?", old, new);
		if (!help.length)
			lx_buffer_printf(&help,
					 "renamed: write @renamed(from: '%s') on '%s' in the models;\n"
					 "dropped and added: run it again with --allow-drop",
					 lx_rename_old_name(guess),
					 !guess->new_label && guess->new->source_name ? guess->new->source_name
										      : lx_rename_new_name(guess));
		lx_json_open_object(&cli->json);
		lx_json_key_string(&cli->json, "from", old);
		lx_json_key_string(&cli->json, "to", new);
		lx_json_close_object(&cli->json);
	}
	lx_json_close_array(&cli->json);
	bool is_one = sides->guesses.length == 1;
	lx_fail(&cli->fail, LX_DIFFERS, "L0501", "%s%s",
		is_one ? "" : "several changes can be read in two ways:", lx_buffer_text(&message) + (is_one ? 1 : 0));
	lx_fail_help(&cli->fail, "%s", lx_buffer_text(&help));
	lx_buffer_free(&message);
	lx_buffer_free(&help);
	return LX_DIFFERS;
}

/* --- losses ---------------------------------------------------------------------------------------------------------
 */

static const char *first_line(struct lx_arena *arena, const char *text)
{
	return lx_arena_copy(arena, text, strcspn(text, "\n"));
}

static enum lx_status refuse_losses(struct lx_cli *cli, const struct lx_plan *plan)
{
	struct lx_buffer message = LX_BUFFER_INIT;
	if (!plan->losses.length || lx_option_given(&cli->options, LX_OPTION_ALLOW_DROP))
		return LX_OK;
	lx_json_key(&cli->json, "losses");
	lx_json_open_array(&cli->json);
	LX_EACH (const struct lx_statement_text *, loss, &plan->losses) {
		const char *key = loss->object ? lx_object_key(cli->arena, loss->object) : "";
		lx_buffer_printf(&message, "\n%s: %s", key, first_line(cli->arena, loss->sql));
		lx_json_open_object(&cli->json);
		lx_json_key_string(&cli->json, "object", key);
		lx_json_key_string(&cli->json, "sql", loss->sql);
		lx_json_close_object(&cli->json);
	}
	lx_json_close_array(&cli->json);
	lx_fail(&cli->fail, LX_REFUSED, "L0502", "the revision would lose data:%s", lx_buffer_text(&message));
	lx_fail_help(&cli->fail, "if that is meant, run it again with --allow-drop, or write @allow(drop_table),\n"
				 "@allow(drop_column), @allow(drop_value) or @allow(narrow_type) into the models");
	lx_buffer_free(&message);
	return LX_REFUSED;
}

/* --- all of it ------------------------------------------------------------------------------------------------------
 */

static enum lx_status read_sides(struct lx_cli *cli, struct sides *sides)
{
	*sides = (struct sides){0};
	enum lx_status status = lx_models_compile(cli, NULL, &sides->whole_new);
	if (status == LX_OK)
		status = lx_models_snapshot(cli, &sides->whole_old);
	if (status != LX_OK)
		return status;
	sides->old = lx_scope_narrow(cli, sides->whole_old);
	sides->new = lx_scope_narrow(cli, sides->whole_new);
	sides->diff = lx_diff(cli->arena, sides->old, sides->new, false);
	sides->plan = lx_plan(cli->arena, sides->old, sides->new, sides->diff);
	collect_guesses(cli, sides);
	return LX_OK;
}

/* Reads the models again as long as answers are written into them. */
static enum lx_status settle_renames(struct lx_cli *cli, struct sides *sides)
{
	size_t written = 1;
	while (written) {
		enum lx_status status = read_sides(cli, sides);
		if (status != LX_OK)
			return status;
		if (!sides->guesses.length)
			return LX_OK;
		if (!cli->may_ask)
			return undecided(cli, sides);
		status = lx_rename_ask(cli, &sides->guesses, &written);
		if (status != LX_OK)
			return status;
		if (written) /* the texts that the diagnostics point into have changed */
			lx_diags_init(&cli->diags, cli->arena);
	}
	return LX_OK;
}

static enum lx_status print_parts(struct lx_cli *cli, const struct sides *sides,
				  struct lx_generated_revision *generated)
{
	const struct lx_diff *back = lx_diff(cli->arena, sides->new, sides->old, true);
	const struct lx_plan *reverse = lx_plan(cli->arena, sides->new, sides->old, back);
	char hex[LX_SHA256_HEX];
	lx_plan_print(&generated->upgrade, sides->plan);
	lx_plan_print(&generated->downgrade, reverse);
	lx_snapshot_print(&generated->snapshot, lx_scope_mix(cli, sides->whole_new, sides->whole_old));
	if (!lx_buffer_ok(&generated->upgrade) || !lx_buffer_ok(&generated->downgrade) ||
	    !lx_buffer_ok(&generated->snapshot) ||
	    !lx_sha256_hex(lx_buffer_text(&generated->snapshot), generated->snapshot.length, hex))
		return lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	if (lx_scope_is_narrow(cli) && lx_models_check_state(cli, &generated->snapshot) != LX_OK)
		return cli->fail.status;
	generated->state = lx_arena_string(cli->arena, hex);
	if (sides->plan->is_irreversible)
		generated->irreversible = sides->plan->irreversible_reason;
	else if (reverse->is_irreversible)
		generated->irreversible = reverse->irreversible_reason;
	return LX_OK;
}

static void log_changes(struct lx_cli *cli, const struct sides *sides)
{
	LX_EACH (const struct lx_change *, change, &sides->diff->changes)
		lx_cli_log(cli, "lexo.autogenerate", "Detected %s", lx_models_describe(cli->arena, change));
	lx_models_json_changes(cli, "changes", sides->diff);
}

enum lx_status lx_autogenerate(struct lx_cli *cli, const struct lx_history *history,
			       struct lx_generated_revision *generated)
{
	struct sides sides;
	enum lx_status status = lx_models_check_snapshot(cli, history);
	if (status == LX_OK)
		status = settle_renames(cli, &sides);
	if (status != LX_OK)
		return status;
	generated->is_empty = !sides.diff->changes.length;
	if (!generated->is_empty)
		log_changes(cli, &sides);
	status = refuse_losses(cli, sides.plan);
	return status == LX_OK ? print_parts(cli, &sides, generated) : status;
}

void lx_generated_revision_free(struct lx_generated_revision *generated)
{
	lx_buffer_free(&generated->upgrade);
	lx_buffer_free(&generated->downgrade);
	lx_buffer_free(&generated->snapshot);
}
