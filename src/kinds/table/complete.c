/* Completing a table: see member.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "check/mixin.h"
#include "check/names.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"

struct state { /* kept for a table or view */
	struct lx_vec members;
	bool is_complete;
};

static struct state *state_of(struct lx_declare *declare, struct lx_object *parent)
{
	struct state *state = lx_declare_kept(parent);
	if (!state) {
		state = LX_NEW(declare->arena, struct state);
		lx_declare_keep(parent, state);
	}
	return state;
}

struct lx_vec *lx_table_members(struct lx_declare *declare, struct lx_object *parent)
{
	return &state_of(declare, parent)->members;
}

void lx_member_abandon(struct lx_declare *declare, const struct lx_object *object)
{
	struct lx_vec *members = lx_table_members(declare, object->parent);
	if (members->length && members->items[members->length - 1] == object)
		members->length--;
}

static struct lx_object *same_constraint(const struct lx_object *object)
{
	LX_EACH (struct lx_object *, other, &object->parent->children) {
		if (other->kind == LX_KIND_COLUMN || other->kind == object->kind ||
		    strcmp(other->name, object->name) != 0)
			continue;
		const struct lx_member *member = lx_declare_kept(other);
		if (member && member->is_constraint)
			return other;
	}
	return NULL;
}

static void report_constraint_clash(struct lx_declare *declare, const struct lx_object *object,
				    const struct lx_object *other)
{
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0247, object->origin, "two constraints of '%s' are called '%s'",
		      object->parent->source_name, object->name);
	lx_diag_label(declare->diags, diag, other->origin, "the first one");
	lx_diag_help(declare->diags, diag,
		     object->is_named ? "choose another name"
				      : "the name is PostgreSQL's default: write one of your own");
}

/* A default name that is taken is an error: PostgreSQL would add a number, which depends on the order of creation. */
static bool is_default_name_taken(struct lx_declare *declare, const struct lx_object *object)
{
	const struct lx_object *other = lx_object_child(object->parent, object->kind, object->name);
	if (!other || (object->is_named && other->is_named))
		return false;
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0246, object->origin, "two members of '%s' would be called '%s'",
		      object->parent->source_name, object->name);
	lx_diag_label(declare->diags, diag, other->origin, "the first one");
	lx_diag_help(declare->diags, diag, "give one of them a name of its own: %s name …",
		     object->kind == LX_KIND_FOREIGN_KEY ? "foreign key" : lx_kind_info(object->kind)->title);
	return true;
}

static void join(struct lx_declare *declare, struct lx_object *object)
{
	struct lx_member *member = lx_declare_kept(object);
	if (member->complete && !member->complete(declare, object, member))
		return;
	if (is_default_name_taken(declare, object))
		return;
	const struct lx_object *other = member->is_constraint ? same_constraint(object) : NULL;
	if (other) {
		report_constraint_clash(declare, object, other);
		return;
	}
	if (lx_declare_add(declare, object) && member->shares_relations)
		lx_declare_relation(declare, object);
}

void lx_table_complete(struct lx_declare *declare, struct lx_object *parent)
{
	struct state *state = state_of(declare, parent);
	if (state->is_complete)
		return;
	state->is_complete = true;
	lx_declare_relation(declare, parent);
	for (size_t i = 0; i < state->members.length; i++) {
		size_t first = declare->diags->list.length;
		join(declare, state->members.items[i]);
		lx_mixin_mark(declare, state->members.items[i], first);
	}
}

bool lx_declare_relation(struct lx_declare *declare, const struct lx_object *object)
{
	const char *schema = object->parent ? object->parent->schema : object->schema;
	/* Names of schemas are interned, so the address stands for the text. */
	char key[sizeof schema + LX_NAME_MAX];
	size_t length = strnlen(object->name, LX_NAME_MAX);
	memcpy(key, &schema, sizeof schema);
	memcpy(key + sizeof schema, object->name, length);
	const struct lx_object *other = lx_map_put(declare->schema->arena, &declare->relations, key,
						   sizeof schema + length, (void *)(uintptr_t)object);
	if (!other || other == object)
		return true;
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0246, object->origin, "%s '%s' has the name of %s of the same schema",
		      lx_kind_info(object->kind)->title, object->name, lx_member_title(declare, other->kind));
	lx_diag_label(declare->diags, diag, other->origin, "the %s", lx_kind_info(other->kind)->title);
	lx_diag_note(declare->diags, diag,
		     "tables, views, sequences and indexes (also those of keys) share one set of names in a schema");
	lx_diag_help(declare->diags, diag, "give one of them a name of its own");
	return false;
}

void lx_declare_keep(struct lx_object *object, void *data)
{
	object->kept = data;
}

void *lx_declare_kept(const struct lx_object *object)
{
	return object->kept;
}
