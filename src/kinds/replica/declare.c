/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/replica/declare.h"

#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "kinds/kind.h"
#include "kinds/replica/replica.h"
#include "kinds/table/member.h"

static bool complete(struct lx_declare *declare, struct lx_object *object, struct lx_member *member)
{
	(void)declare, (void)object, (void)member;
	return true;
}

void lx_replica_annotation(struct lx_declare *declare, const struct lx_node *annotation, struct lx_object *table)
{
	struct lx_cursor cursor;
	lx_cursor_enter(&cursor, declare->diags, annotation);
	const struct lx_node *word = lx_cursor_need(&cursor, LX_NODE_WORD, "full, nothing or index: name");
	if (!word)
		return;
	static const char *const words[] = {"full", "nothing", "index", NULL};
	if (!lx_member_choice(declare, word, "a replica identity", words))
		return;
	const struct lx_item item = {.span = word->span};
	struct lx_member *member;
	struct lx_replica *replica =
	    (struct lx_replica *)lx_member_new(declare, LX_KIND_REPLICA, NULL, &item, table, &member);
	replica->base.name = replica->base.source_name = lx_schema_intern_string(declare->schema, "replica identity");
	replica->base.is_named = true;
	member->complete = complete;
	replica->identity = strcmp(word->text, "full") == 0      ? LX_REPLICA_FULL
			    : strcmp(word->text, "nothing") == 0 ? LX_REPLICA_NOTHING
								 : LX_REPLICA_BY_INDEX;
	if (replica->identity == LX_REPLICA_BY_INDEX && lx_cursor_need_punct(&cursor, ':')) {
		const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of a unique index");
		replica->index = name ? lx_declare_intern(declare, name) : NULL;
	}
	lx_cursor_need_end(&cursor, "the replica identity");
	if (cursor.has_failed)
		lx_member_abandon(declare, &replica->base);
}

static struct lx_object *find_index(const struct lx_object *table, const char *name)
{
	static const enum lx_kind kinds[] = {LX_KIND_INDEX, LX_KIND_KEY};
	struct lx_object *found = NULL;
	for (size_t i = 0; !found && i < sizeof kinds / sizeof kinds[0]; i++)
		found = lx_object_child(table, kinds[i], name);
	return found;
}

static void resolve(struct lx_declare *declare, struct lx_object *object)
{
	const struct lx_replica *replica = (const struct lx_replica *)object;
	if (replica->identity != LX_REPLICA_BY_INDEX || find_index(object->parent, replica->index))
		return;
	struct lx_diag *diag = lx_report(declare->diags, LX_E0268, object->origin, "'%s' has no index '%s'",
					 object->parent->source_name, replica->index);
	lx_diag_help(declare->diags, diag, "name a unique index or key of this model, by its SQL name");
}

/* The table prints it. */
const struct lx_kind_source lx_replica_source = {.declare = NULL, .resolve = resolve};
