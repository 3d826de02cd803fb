/* What stands behind the "on" of a grant.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "check/declare.h"
#include "check/names.h"
#include "check/sql_check.h"
#include "kinds/grant/lines.h"
#include "kinds/grant/privileges.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"

/* Words before the name of what has a namespace of its own in the models. */
static const struct {
	const char *word;
	enum lx_kind kind;
} words[] = {
    {"schema", LX_KIND_SCHEMA},
    {"function", LX_KIND_FUNCTION},
    {"server", LX_KIND_SERVER},
    {"foreign_data_wrapper", LX_KIND_WRAPPER},
};

static bool read_function(struct lx_cursor *cursor, struct lx_grant_target *target)
{
	if (lx_cursor_take_punct(cursor, '.')) {
		target->schema = target->name;
		target->name = lx_cursor_need_name(cursor, "the name of the function behind the '.'");
	}
	target->signature = lx_cursor_take(cursor, LX_NODE_PAREN);
	return target->name != NULL;
}

/* A model may be called schema or function too: "on schema to app". */
bool lx_grant_target_read(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_grant_target *target)
{
	target->kind = LX_KIND_COUNT;
	const struct lx_node *name = lx_cursor_take(cursor, LX_NODE_SQL);
	if (name) {
		target->name = name;
		target->is_sql = true;
		return lx_sql_check_node(declare, name, LX_SQL_IS_GRANTABLE);
	}
	name = target->name = lx_cursor_need_name(cursor, "the name of a model, view, sequence, …");
	if (!name)
		return false;
	bool has_second = name->kind == LX_NODE_WORD && cursor->at && cursor->at->kind != LX_NODE_PAREN &&
			  !lx_cursor_is_word(cursor, "to") && !lx_cursor_is_word(cursor, "from");
	for (size_t i = 0; has_second && i < sizeof words / sizeof words[0]; i++)
		if (strcmp(name->text, words[i].word) == 0)
			target->kind = words[i].kind;
	if (target->kind == LX_KIND_COUNT)
		return true;
	target->name = lx_cursor_need_name(cursor, "a name");
	if (!target->name)
		return false;
	return target->kind != LX_KIND_FUNCTION || read_function(cursor, target);
}

/* --- finding -------------------------------------------------------------------------------------------------------
 */

/* One word of a type: a built-in one in its own spelling, a model's by its SQL name. */
static void add_type_name(struct lx_declare *declare, struct lx_buffer *out, const struct lx_node *node, bool is_alone)
{
	bool is_word = is_alone && node->kind == LX_NODE_WORD;
	const struct lx_builtin *builtin = is_word ? lx_builtin_find(node->text, node->length) : NULL;
	const struct lx_object *type = is_word ? lx_names_find(declare, LX_KIND_COUNT, node->text) : NULL;
	if (!builtin && type && type->schema)
		lx_buffer_printf(out, "%s.%s", type->schema, type->name);
	else
		lx_buffer_string(out, builtin ? builtin->name : node->text);
}

/* "( text, public.role, int4[] )" as the signature of a function. */
static const char *signature_text(struct lx_declare *declare, const struct lx_node *group)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	lx_buffer_char(&text, '(');
	bool is_behind_dot = false;
	for (const struct lx_node *node = group->items ? group->items->first : NULL; node; node = node->next) {
		bool is_dot = node->kind == LX_NODE_PUNCT && node->punct == '.';
		bool is_before_dot = node->next && node->next->kind == LX_NODE_PUNCT && node->next->punct == '.';
		if (is_dot)
			lx_buffer_char(&text, '.');
		else if (node->kind == LX_NODE_PUNCT)
			lx_buffer_string(&text, ", ");
		else if (node->kind == LX_NODE_BRACKET)
			lx_buffer_string(&text, "[]");
		else if (node->text)
			add_type_name(declare, &text, node, !is_behind_dot && !is_before_dot);
		is_behind_dot = is_dot;
	}
	lx_buffer_char(&text, ')');
	const char *copy = lx_arena_copy(declare->arena, lx_buffer_text(&text), text.length);
	lx_buffer_free(&text);
	return copy;
}

static bool is_named(const struct lx_object *object, const struct lx_grant_target *target, const char *signature)
{
	const char *name = target->name->text;
	return object->kind == LX_KIND_FUNCTION &&
	       (strcmp(object->name, name) == 0 || (object->source_name && strcmp(object->source_name, name) == 0)) &&
	       (!target->schema || strcmp(object->schema, target->schema->text) == 0) &&
	       (!signature || strcmp(object->signature, signature) == 0);
}

static void report_several(struct lx_declare *declare, const struct lx_node *name, const struct lx_object *one,
			   const struct lx_object *other)
{
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0256, name->span, "there are several functions called '%s'", name->text);
	lx_diag_label(declare->diags, diag, one->origin, "one of them");
	lx_diag_label(declare->diags, diag, other->origin, "another one");
	lx_diag_help(declare->diags, diag, "say which: function %s.%s%s", one->schema, one->name, one->signature);
}

static void report_no_function(struct lx_declare *declare, const struct lx_node *name, const char *signature)
{
	const char **names = LX_NEW_ARRAY(declare->arena, const char *, declare->schema->objects.length + 1);
	size_t count = 0;
	LX_EACH (struct lx_object *, object, &declare->schema->objects)
		if (object->kind == LX_KIND_FUNCTION)
			names[count++] = object->name;
	struct lx_diag *diag = lx_report(declare->diags, LX_E0256, name->span, "there is no function called '%s%s'",
					 name->text, signature ? signature : "");
	const char *nearest = lx_nearest(name->text, names, count);
	if (nearest && strcmp(nearest, name->text) != 0)
		lx_diag_help(declare->diags, diag, "did you mean '%s'?", nearest);
}

static struct lx_object *find_function(struct lx_declare *declare, const struct lx_grant_target *target)
{
	const char *signature = target->signature ? signature_text(declare, target->signature) : NULL;
	struct lx_object *found = NULL;
	LX_EACH (struct lx_object *, object, &declare->schema->objects) {
		if (!is_named(object, target, signature))
			continue;
		bool is_nearer =
		    !target->schema && found && signature && strcmp(object->schema, declare->default_schema) == 0;
		if (found && !is_nearer && !(signature && strcmp(found->schema, declare->default_schema) == 0)) {
			report_several(declare, target->name, found, object);
			return NULL;
		}
		if (!found || is_nearer)
			found = object;
	}
	if (!found)
		report_no_function(declare, target->name, signature);
	return found;
}

static struct lx_object *find_other(struct lx_declare *declare, const struct lx_grant_target *target)
{
	const struct lx_node *name = target->name;
	struct lx_object *found = lx_schema_find(declare->schema, target->kind, NULL, NULL, name->text, NULL);
	if (!found)
		found = lx_names_find(declare, target->kind, name->text);
	if (found)
		return found;
	const char *title = lx_kind_info(target->kind)->title;
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0256, name->span, "%s '%s' is not declared", title, name->text);
	lx_diag_help(declare->diags, diag, "add a line: %s %s", title, name->text);
	return NULL;
}

const char *lx_grant_schema_find(struct lx_declare *declare, const struct lx_node *name)
{
	if (strcmp(name->text, "public") == 0)
		return "public";
	struct lx_object *found = find_other(declare, &(struct lx_grant_target){.name = name, .kind = LX_KIND_SCHEMA});
	return found ? found->name : NULL;
}

struct lx_object *lx_grant_target_find(struct lx_declare *declare, const struct lx_grant_target *target)
{
	if (target->kind == LX_KIND_FUNCTION)
		return find_function(declare, target);
	if (target->kind != LX_KIND_COUNT)
		return find_other(declare, target);
	struct lx_object *found = lx_declare_lookup(declare, LX_KIND_COUNT, target->name->text, target->name->span);
	if (found && !lx_privileges_of(found->kind, false)) {
		lx_report(declare->diags, LX_E0256, target->name->span, "nothing can be granted on %s",
			  lx_member_title(declare, found->kind));
		return NULL;
	}
	return found;
}
