/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/index/parts.h"

#include "kinds/index/index.h"
#include "kinds/key/key.h"
#include "kinds/kind.h"
#include "kinds/names.h"
#include "kinds/table/table.h"
#include "plan/depends.h"
#include "sql/emit.h"

static const char *name_of_whole(const struct lx_object *part)
{
	return part->kind == LX_KIND_KEY ? ((const struct lx_key *)part)->part_of
					 : ((const struct lx_index *)part)->part_of;
}

bool lx_index_link(struct lx_arena *arena, struct lx_object *part)
{
	const char *name = name_of_whole(part);
	const struct lx_object *above =
	    part->parent->kind == LX_KIND_TABLE ? ((const struct lx_table *)part->parent)->partition_of : NULL;
	if (!name || !above)
		return !name;
	struct lx_object *key = lx_object_child(above, LX_KIND_KEY, name);
	struct lx_object *index = key ? NULL : lx_object_child(above, LX_KIND_INDEX, name);
	if (key)
		lx_vec_push(arena, &((struct lx_key *)key)->parts, part);
	else if (index)
		lx_vec_push(arena, &((struct lx_index *)index)->parts, part);
	if (part->kind == LX_KIND_KEY)
		((struct lx_key *)part)->whole = key ? key : index;
	else
		((struct lx_index *)part)->whole = key ? key : index;
	return key || index;
}

void lx_index_link_all(struct lx_schema *schema, enum lx_kind kind)
{
	LX_EACH (const struct lx_object *, table, &schema->objects) {
		LX_EACH (struct lx_object *, child, &table->children) {
			if (child->kind == kind)
				lx_index_link(schema->arena, child);
		}
	}
}

const struct lx_object *lx_index_whole(const struct lx_object *object)
{
	return object->kind == LX_KIND_KEY ? ((const struct lx_key *)object)->whole
					   : ((const struct lx_index *)object)->whole;
}

const struct lx_vec *lx_index_parts(const struct lx_object *object)
{
	return object->kind == LX_KIND_KEY ? &((const struct lx_key *)object)->parts
					   : &((const struct lx_index *)object)->parts;
}

bool lx_index_is_partitioned(const struct lx_object *object)
{
	const struct lx_object *table = object->parent;
	return table->kind == LX_KIND_TABLE && ((const struct lx_table *)table)->partition_method;
}

static size_t count_elements(const struct lx_object *object)
{
	return object->kind == LX_KIND_KEY ? ((const struct lx_key *)object)->columns.length
					   : ((const struct lx_index *)object)->elements.length;
}

static const char *column_at(const struct lx_object *object, size_t i)
{
	if (object->kind == LX_KIND_KEY)
		return ((const struct lx_key *)object)->columns.items[i];
	return ((const struct lx_index_element *)((const struct lx_index *)object)->elements.items[i])->column;
}

bool lx_index_is_twin(const struct lx_object *object, const struct lx_object *other)
{
	bool may_be = other->kind == LX_KIND_KEY || other->kind == LX_KIND_INDEX;
	if (object == other || !may_be || count_elements(object) != count_elements(other))
		return false;
	for (size_t i = 0; i < count_elements(object); i++) {
		if (!lx_text_equal(column_at(object, i), column_at(other, i)))
			return false;
	}
	return true;
}

static bool is_in_all(const struct lx_object *whole)
{
	const struct lx_object *table = whole->parent;
	return table->kind == LX_KIND_TABLE &&
	       lx_index_parts(whole)->length == ((const struct lx_table *)table)->heirs.length;
}

static bool has_twin(const struct lx_object *part)
{
	LX_EACH (const struct lx_object *, sibling, &part->parent->children) {
		if (lx_index_is_twin(part, sibling))
			return true;
	}
	return false;
}

bool lx_index_is_ambiguous(const struct lx_object *whole)
{
	if (!is_in_all(whole))
		return false;
	LX_EACH (const struct lx_object *, part, lx_index_parts(whole)) {
		if (has_twin(part))
			return true;
	}
	return false;
}

void lx_index_depend_on_shares(struct lx_depends *depends, const struct lx_object *object)
{
	if (name_of_whole(object))
		return;
	LX_EACH (const struct lx_object *, sibling, &object->parent->children) {
		if (lx_index_is_twin(object, sibling) && name_of_whole(sibling))
			lx_depend_on_order(depends, sibling);
	}
}

void lx_index_attach_parts(struct lx_sql *sql, const struct lx_object *whole)
{
	LX_EACH (const struct lx_object *, part, lx_index_parts(whole)) {
		lx_sql_raw(sql, "ALTER INDEX ");
		lx_sql_qualified(sql, whole->parent->schema, whole->name);
		lx_sql_raw(sql, " ATTACH PARTITION ");
		lx_sql_qualified(sql, part->parent->schema, part->name);
		lx_sql_end(sql);
	}
}

unsigned lx_index_reactions(const struct lx_object *object)
{
	bool is_shared = name_of_whole(object) || lx_index_is_partitioned(object);
	return is_shared ? LX_ON_RETYPE_STRUCTURE | LX_ON_LIGHT_RETYPE : 0;
}

/* The share of WHOLE that PARTITION has, or NULL. */
static const struct lx_object *part_in(const struct lx_object *whole, const struct lx_object *partition)
{
	LX_EACH (const struct lx_object *, part, lx_index_parts(whole)) {
		if (part->parent == partition)
			return part;
	}
	return NULL;
}

void lx_index_upset(const struct lx_object *table, const struct lx_object *partition,
		    void (*found)(void *context, const struct lx_object *object), void *context)
{
	LX_EACH (const struct lx_object *, child, &table->children) {
		bool is_invalid = child->kind == LX_KIND_INDEX && ((const struct lx_index *)child)->is_invalid;
		if (child->kind != LX_KIND_INDEX && child->kind != LX_KIND_KEY)
			continue;
		const struct lx_object *part = part_in(child, partition);
		if (part ? lx_index_is_ambiguous(child) && has_twin(part) : is_invalid)
			found(context, child);
	}
}
