/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/table/table.h"

#include "kinds/index/index.h"
#include "kinds/kind.h"
#include "kinds/names.h"

#define AT(field) offsetof(struct lx_table, field)

static bool same_partition_by(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_table *x = (const struct lx_table *)a, *y = (const struct lx_table *)b;
	return lx_text_equal(x->partition_method, y->partition_method) &&
	       lx_index_elements_equal(&x->partition_keys, &y->partition_keys);
}

static bool same_type(const struct lx_object *a, const struct lx_object *b)
{
	return lx_type_equal(&((const struct lx_table *)a)->of_type, &((const struct lx_table *)b)->of_type);
}

static const struct lx_attr rows[LX_TABLE_ATTRS] = {
    [LX_TABLE_UNLOGGED] = {"unlogged", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_unlogged), NULL, NULL,
			   "Not written to the log: faster, empty after a crash."},
    [LX_TABLE_RLS] = {"rls", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(has_rls), NULL, NULL,
		      "Row level security: policies say who sees which rows."},
    [LX_TABLE_FORCE_RLS] = {"force_rls", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(has_forced_rls), NULL, NULL,
			    "Row level security for the owner of the table too."},
    [LX_TABLE_STORAGE] = {"with", LX_SHAPE_OPTIONS, LX_EFFECT_ALTER, AT(storage), NULL, NULL,
			  "Storage parameters, such as @with(fillfactor: 70)."},
    [LX_TABLE_TABLESPACE] = {"tablespace", LX_SHAPE_NAME, LX_EFFECT_ALTER, AT(tablespace), NULL, NULL,
			     "The tablespace that holds the table."},
    [LX_TABLE_ACCESS_METHOD] = {"access_method", LX_SHAPE_NAME, LX_EFFECT_ALTER, AT(access_method), NULL, NULL,
				"The table access method, if it is not heap."},
    [LX_TABLE_PARTITION_OF] = {"partition_of", LX_SHAPE_OWN, LX_EFFECT_NONE, AT(partition_of), NULL, NULL,
			       "The model whose rows it holds a part of, and which rows."},
    [LX_TABLE_INHERITS] = {"inherits", LX_SHAPE_OWN, LX_EFFECT_NONE, AT(inherits), NULL, NULL,
			   "The models whose columns and checks it has besides its own."},
    [LX_TABLE_OF_TYPE] = {"of", LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(of_type), NULL, same_type,
			  "The composite type whose fields are its columns."},
    [LX_TABLE_PARTITION_BY] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(partition_method), NULL, same_partition_by,
			       "How the rows are divided among partitions."},
    [LX_TABLE_C_TYPE] = {"c:type", LX_SHAPE_STRING, LX_EFFECT_NONE, AT(c_type), NULL, NULL,
			 "The name of the struct in C."},
    [LX_TABLE_C_PREFIX] = {"c:prefix", LX_SHAPE_STRING, LX_EFFECT_NONE, AT(c_prefix), NULL, NULL,
			   "What the names of the functions in C begin with."},
};

const struct lx_kind_info lx_table_info = {
    .words = {"model", "mixin"},
    .form = "model Name [@annotation …] { members }",
    .title = "model",
    .size = sizeof(struct lx_table),
    .attrs = rows,
    .attr_count = LX_TABLE_ATTRS,
    .has_schema = true,
    .is_database_object = true,
};
