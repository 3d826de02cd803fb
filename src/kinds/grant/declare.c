/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>

#include "base/arena.h"
#include "check/annotations.h"
#include "check/declare.h"
#include "kinds/grant/grant.h"
#include "kinds/grant/lines.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"

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

/* "for owner in schema" of default privileges. */
static bool read_owner(struct lx_cursor *cursor, struct lx_grant_line *line)
{
	if (!lx_cursor_need_word(cursor, "for"))
		return false;
	line->owner = lx_cursor_need_name(cursor, "the role whose new objects get the privileges");
	if (line->owner && lx_cursor_take_word(cursor, "in")) {
		line->in_schema = lx_cursor_need_name(cursor, "the name of a schema");
		return line->in_schema != NULL;
	}
	return line->owner != NULL;
}

static bool read_new_objects(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_grant_line *line)
{
	static const char *const choices[] = {"tables",  "sequences",     "functions", "types",
					      "schemas", "large_objects", NULL};
	static const char *const sql[] = {"TABLES", "SEQUENCES", "FUNCTIONS", "TYPES", "SCHEMAS", "LARGE OBJECTS"};
	const struct lx_node *name = line->target.name = lx_cursor_need_name(cursor, "tables, sequences, functions, …");
	const char *word = name ? lx_member_choice(declare, name, "a kind of objects with privileges", choices) : NULL;
	for (size_t i = 0; word && choices[i]; i++)
		if (choices[i] == word)
			line->new_objects = sql[i];
	return word != NULL;
}

/* "name (columns)" and the like. */
static bool read_target(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_grant_line *line)
{
	if (line->owner)
		return read_new_objects(declare, cursor, line);
	if (!lx_grant_target_read(declare, cursor, &line->target))
		return false;
	if (cursor->at && cursor->at->kind == LX_NODE_PAREN)
		return lx_member_names(declare, cursor, "the names of columns", &line->columns);
	return true;
}

static void read_annotations(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_grant_line *line)
{
	static const char *const option_words[] = {"with_grant_option", NULL};
	struct lx_node *list = lx_annotations_take(declare, cursor);
	struct lx_node *option = line->is_revoke ? NULL : lx_annotations_cut(&list, option_words);
	line->has_grant_option = option && lx_annotation_is_bare(declare, option);
	if (list)
		lx_report(declare->diags, LX_E0241, list->span, "a %s has no annotation @%s",
			  line->is_revoke ? "revoke" : "grant", list->text);
}

/* grant select, update on Note (title) to app @with_grant_option; revoke execute on function f() from public;
 * default for owner in schema grant select on tables to app */
static void declare_grant(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	(void)parent;
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	struct lx_grant_line *line = LX_NEW(declare->arena, struct lx_grant_line);
	if (lx_cursor_take_word(&cursor, "default") && !read_owner(&cursor, line))
		return;
	line->is_revoke = lx_cursor_take_word(&cursor, "revoke");
	if ((!line->is_revoke && !lx_cursor_need_word(&cursor, "grant")) ||
	    !read_list(declare, &cursor, "a privilege such as select", &line->privileges) ||
	    !lx_cursor_need_word(&cursor, "on") || !read_target(declare, &cursor, line) ||
	    !lx_cursor_need_word(&cursor, line->is_revoke ? "from" : "to") ||
	    !read_list(declare, &cursor, "the name of a role", &line->roles))
		return;
	read_annotations(declare, &cursor, line);
	lx_cursor_need_end(&cursor, line->is_revoke ? "the revoke" : "the grant");
	lx_vec_push(declare->arena, &declare->grants, line);
}

void lx_grant_print(struct lx_printer *printer, const struct lx_object *object);

const struct lx_kind_source lx_grant_source = {.declare = declare_grant, .print = lx_grant_print};
