/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "check/annotations.h"
#include "check/declare.h"
#include "kinds/grant/grant.h"
#include "kinds/grant/lines.h"
#include "kinds/grant/privileges.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"

struct lx_grant_line {            /* as written */
	struct lx_vec privileges; /* const struct lx_node * */
	struct lx_vec columns;    /* const struct lx_node * */
	struct lx_vec roles;      /* const struct lx_node * */
	const struct lx_node *target;
	enum lx_kind kind; /* LX_KIND_COUNT: a model, view, sequence or type */
	bool has_grant_option;
};

static bool read_list(struct lx_declare *declare, struct lx_cursor *cursor, const char *what, struct lx_vec *nodes)
{
	do {
		const struct lx_node *name = lx_cursor_need_name(cursor, what);
		if (!name)
			return false;
		lx_vec_push(declare->arena, nodes, (void *)(uintptr_t)name);
	} while (lx_cursor_take_punct(cursor, ','));
	return true;
}

/* "schema name", "function name", "name" or "name (columns)"; a model may be called schema or function too. */
static bool read_target(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_grant_line *line)
{
	const struct lx_node *name = lx_cursor_need_name(cursor, "the name of a model, view, sequence, …");
	if (!name)
		return false;
	line->kind = LX_KIND_COUNT;
	bool has_second = name->kind == LX_NODE_WORD && !lx_cursor_is_word(cursor, "to");
	if (has_second && strcmp(name->text, "schema") == 0)
		line->kind = LX_KIND_SCHEMA;
	else if (has_second && strcmp(name->text, "function") == 0)
		line->kind = LX_KIND_FUNCTION;
	if (line->kind != LX_KIND_COUNT && cursor->at && cursor->at->kind != LX_NODE_PAREN)
		name = lx_cursor_need_name(cursor, "a name");
	else
		line->kind = LX_KIND_COUNT;
	line->target = name;
	if (name && cursor->at && cursor->at->kind == LX_NODE_PAREN)
		return lx_member_names(declare, cursor, "the names of columns", &line->columns);
	return name != NULL;
}

static void declare_grant(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	(void)parent;
	static const char *const option_words[] = {"with_grant_option", NULL};
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	struct lx_grant_line *line = LX_NEW(declare->arena, struct lx_grant_line);
	if (!lx_cursor_need_word(&cursor, "grant") ||
	    !read_list(declare, &cursor, "a privilege such as select", &line->privileges) ||
	    !lx_cursor_need_word(&cursor, "on") || !read_target(declare, &cursor, line) ||
	    !lx_cursor_need_word(&cursor, "to") || !read_list(declare, &cursor, "the name of a role", &line->roles))
		return;
	struct lx_node *list = lx_annotations_take(declare, &cursor);
	struct lx_node *option = lx_annotations_cut(&list, option_words);
	line->has_grant_option = option && lx_annotation_is_bare(declare, option);
	if (list)
		lx_report(declare->diags, LX_E0241, list->span, "a grant has no annotation @%s", list->text);
	lx_cursor_need_end(&cursor, "the grant");
	lx_vec_push(declare->arena, &declare->grants, line);
}

static struct lx_object *find_function(struct lx_declare *declare, const struct lx_node *name)
{
	struct lx_object *found = NULL;
	const char **names = LX_NEW_ARRAY(declare->arena, const char *, declare->schema->objects.length + 1);
	size_t count = 0;
	LX_EACH (struct lx_object *, object, &declare->schema->objects) {
		if (object->kind != LX_KIND_FUNCTION)
			continue;
		names[count++] = object->name;
		if (strcmp(object->name, name->text) != 0)
			continue;
		if (found) {
			struct lx_diag *diag = lx_report(declare->diags, LX_E0256, name->span,
							 "there are several functions called '%s'", name->text);
			lx_diag_label(declare->diags, diag, found->origin, "one of them");
			lx_diag_label(declare->diags, diag, object->origin, "another one");
			lx_diag_help(declare->diags, diag, "write the grant in an sql block");
			return NULL;
		}
		found = object;
	}
	if (found)
		return found;
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0256, name->span, "there is no function called '%s'", name->text);
	const char *nearest = lx_nearest(name->text, names, count);
	if (nearest)
		lx_diag_help(declare->diags, diag, "did you mean '%s'?", nearest);
	return NULL;
}

static struct lx_object *find_schema(struct lx_declare *declare, const struct lx_node *name)
{
	struct lx_object *found = lx_schema_find(declare->schema, LX_KIND_SCHEMA, NULL, NULL, name->text, NULL);
	if (found)
		return found;
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0256, name->span, "schema '%s' is not declared", name->text);
	lx_diag_help(declare->diags, diag, "add a line: schema %s", name->text);
	return NULL;
}

static struct lx_object *find_target(struct lx_declare *declare, const struct lx_grant_line *line)
{
	struct lx_object *target;
	if (line->kind == LX_KIND_FUNCTION)
		return find_function(declare, line->target);
	if (line->kind == LX_KIND_SCHEMA)
		return find_schema(declare, line->target);
	target = lx_declare_lookup(declare, LX_KIND_COUNT, line->target->text, line->target->span);
	if (target && !lx_privileges_of(target->kind, false)) {
		lx_report(declare->diags, LX_E0256, line->target->span, "nothing can be granted on %s",
			  lx_member_title(declare, target->kind));
		return NULL;
	}
	return target;
}

/* What a grant's name says behind the role; unique among targets. */
static const char *target_text(struct lx_declare *declare, const struct lx_object *target)
{
	static const char *const words[LX_KIND_COUNT] = {[LX_KIND_SCHEMA] = "schema",
							 [LX_KIND_TABLE] = "table",
							 [LX_KIND_VIEW] = "table",
							 [LX_KIND_SEQUENCE] = "sequence",
							 [LX_KIND_FUNCTION] = "function"};
	return lx_arena_printf(declare->arena, "%s %s%s%s%s", words[target->kind] ? words[target->kind] : "type",
			       target->schema ? target->schema : "", target->schema ? "." : "", target->name,
			       target->signature ? target->signature : "");
}

/* The grant of ROLE on TARGET, new or there already. */
static struct lx_grant *grant_for(struct lx_declare *declare, const char *role, struct lx_object *target,
				  struct lx_span span)
{
	const char *name = lx_arena_printf(declare->arena, "%s on %s", role, target_text(declare, target));
	struct lx_object *there = lx_schema_find(declare->schema, LX_KIND_GRANT, NULL, NULL, name, NULL);
	if (there)
		return (struct lx_grant *)there;
	struct lx_object *object = lx_schema_new(declare->schema, LX_KIND_GRANT, sizeof(struct lx_grant));
	struct lx_grant *grant = (struct lx_grant *)object;
	object->name = object->source_name = lx_schema_intern_string(declare->schema, name);
	object->origin = span;
	object->is_named = true;
	grant->role = role;
	grant->target = target;
	lx_schema_add(declare->schema, object);
	return grant;
}

/* The canonical name, "all", or NULL: reported. */
static const char *privilege_name(struct lx_declare *declare, const struct lx_node *node,
				  const struct lx_object *target, bool of_columns)
{
	const char *const *known = lx_privileges_of(target->kind, of_columns);
	size_t count = 0;
	if (strcmp(node->text, "all") == 0)
		return "all";
	const char *all = "all";
	for (; known[count]; count++) {
		if (strcmp(known[count], node->text) == 0)
			return known[count];
		all = lx_arena_printf(declare->arena, "%s, %s", all, known[count]);
	}
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0254, node->span, "there is no privilege '%s' on %s%s", node->text,
		      of_columns ? "columns of " : "", lx_member_title(declare, target->kind));
	const char *nearest = lx_nearest(node->text, known, count);
	if (nearest)
		lx_diag_fix(declare->diags, diag, node->span, nearest, "the nearest one");
	lx_diag_help(declare->diags, diag, "one of: %s", all);
	return NULL;
}

static void add_privilege(struct lx_declare *declare, struct lx_grant *grant, const char *name,
			  const struct lx_vec *columns, bool has_grant_option)
{
	struct lx_arena *arena = declare->schema->arena;
	if (strcmp(name, "all") != 0) {
		lx_privilege_add(arena, grant, name, columns, has_grant_option);
		return;
	}
	for (const char *const *all = lx_privileges_of(grant->target->kind, columns->length > 0); *all; all++)
		lx_privilege_add(arena, grant, *all, columns, has_grant_option);
}

static void expand_line(struct lx_declare *declare, const struct lx_grant_line *line)
{
	struct lx_object *target = find_target(declare, line);
	struct lx_vec columns = {NULL, 0, 0}, names = {NULL, 0, 0};
	if (!target)
		return;
	bool of_columns = line->columns.length > 0;
	if (of_columns && !lx_privileges_of(target->kind, true)) {
		lx_report(declare->diags, LX_E0254, line->target->span, "%s has no columns to grant on",
			  lx_member_title(declare, target->kind));
		return;
	}
	if (!lx_member_columns(declare, target, &line->columns, &columns))
		return;
	LX_EACH (const struct lx_node *, node, &line->privileges) {
		const char *name = privilege_name(declare, node, target, of_columns);
		if (name)
			lx_vec_push(declare->arena, &names, (void *)(uintptr_t)name);
	}
	LX_EACH (const struct lx_node *, node, &line->roles) {
		const char *role = lx_member_role(declare, node);
		struct lx_grant *grant = role && names.length ? grant_for(declare, role, target, node->span) : NULL;
		for (size_t i = 0; grant && i < names.length; i++)
			add_privilege(declare, grant, names.items[i], &columns, line->has_grant_option);
	}
}

void lx_grants_expand(struct lx_declare *declare)
{
	LX_EACH (const struct lx_grant_line *, line, &declare->grants)
		expand_line(declare, line);
}

static void resolve_grant(struct lx_declare *declare, struct lx_object *object)
{
	(void)declare;
	(void)object;
}

void lx_grant_print(struct lx_printer *printer, const struct lx_object *object);

const struct lx_kind_source lx_grant_source = {
    .declare = declare_grant, .resolve = resolve_grant, .print = lx_grant_print};
