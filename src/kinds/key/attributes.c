/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/key/key.h"

#include "kinds/kind.h"
#include "kinds/names.h"

#define AT(field) offsetof(struct lx_key, field)
#define KEY(object) ((const struct lx_key *)(object))

static bool same_columns(const struct lx_object *a, const struct lx_object *b)
{
	return lx_names_equal(&KEY(a)->columns, &KEY(b)->columns);
}

static bool same_include(const struct lx_object *a, const struct lx_object *b)
{
	return lx_names_equal(&KEY(a)->include, &KEY(b)->include);
}

const char *const lx_deferrable_choices[] = {"initially_immediate", "initially_deferred", NULL};

static const struct lx_attr rows[LX_KEY_ATTRS] = {
    [LX_KEY_IS_PRIMARY] = {NULL, LX_SHAPE_FLAG, LX_EFFECT_REPLACE, AT(is_primary), NULL, NULL,
			   "The primary key, or a unique constraint."},
    [LX_KEY_COLUMNS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(columns), NULL, same_columns,
			"The columns that are unique together."},
    [LX_KEY_INCLUDE] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(include), NULL, same_include,
			"Further columns kept in the index."},
    [LX_KEY_NULLS_NOT_DISTINCT] = {"nulls_not_distinct", LX_SHAPE_FLAG, LX_EFFECT_REPLACE, AT(nulls_not_distinct), NULL,
				   NULL, "Two nulls count as equal (PostgreSQL 15)."},
    [LX_KEY_WITHOUT_OVERLAPS] = {"without_overlaps", LX_SHAPE_FLAG, LX_EFFECT_REPLACE, AT(is_without_overlaps), NULL,
				 NULL, "The last column is a range, and ranges must not overlap (PostgreSQL 18)."},
    [LX_KEY_DEFERRABLE] = {"deferrable", LX_SHAPE_CHOICE, LX_EFFECT_REPLACE, AT(deferrable), lx_deferrable_choices,
			   NULL, "May be checked at the end of the transaction."},
    [LX_KEY_STORAGE] = {NULL, LX_SHAPE_OPTIONS, LX_EFFECT_ALTER, AT(backing.storage), NULL, NULL,
			"Storage parameters of the index."},
    [LX_KEY_TABLESPACE] = {"tablespace", LX_SHAPE_NAME, LX_EFFECT_ALTER, AT(backing.tablespace), NULL, NULL,
			   "The tablespace that holds the index."},
    [LX_KEY_CLUSTERED] = {"clustered", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(backing.is_clustered), NULL, NULL,
			  "CLUSTER orders the table by the index."},
    [LX_KEY_INDEX_COMMENT] = {"index_comment", LX_SHAPE_STRING, LX_EFFECT_ALTER, AT(backing.comment), NULL, NULL,
			      "The comment on the index, beside that on the constraint."},
    [LX_KEY_PART_OF] = {"part_of", LX_SHAPE_NAME, LX_EFFECT_ALTER, AT(part_of), NULL, NULL,
			"The key or index of the partitioned model that this is a partition's share of."},
};

const struct lx_kind_info lx_key_info = {
    .words = {"primary", "unique"},
    .form = "primary key (field, …), or unique [name] (field, …)",
    .title = "key",
    .size = sizeof(struct lx_key),
    .attrs = rows,
    .attr_count = LX_KEY_ATTRS,
    .is_child = true,
    .is_database_object = true,
};
