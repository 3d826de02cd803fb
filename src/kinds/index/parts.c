/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/index/parts.h"

#include "kinds/index/index.h"
#include "kinds/key/key.h"
#include "kinds/table/table.h"

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
	if (index && part->kind == LX_KIND_INDEX)
		((struct lx_index *)part)->whole = index;
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
