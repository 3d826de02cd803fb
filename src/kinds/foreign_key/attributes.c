/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/foreign_key/foreign_key.h"

#include <string.h>

#include "kinds/kind.h"
#include "kinds/names.h"

#define AT(field) offsetof(struct lx_foreign_key, field)
#define FOREIGN_KEY(object) ((const struct lx_foreign_key *)(object))

static bool same_columns(const struct lx_object *a, const struct lx_object *b)
{
	return lx_names_equal(&FOREIGN_KEY(a)->columns, &FOREIGN_KEY(b)->columns);
}

static bool same_target(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_object *x = FOREIGN_KEY(a)->target, *y = FOREIGN_KEY(b)->target;
	return x == y || (x && y && lx_text_equal(x->schema, y->schema) && strcmp(x->name, y->name) == 0);
}

static bool same_target_columns(const struct lx_object *a, const struct lx_object *b)
{
	return lx_names_equal(&FOREIGN_KEY(a)->target_columns, &FOREIGN_KEY(b)->target_columns);
}

static bool same_on_delete(const struct lx_object *a, const struct lx_object *b)
{
	return FOREIGN_KEY(a)->on_delete == FOREIGN_KEY(b)->on_delete;
}

static bool same_on_update(const struct lx_object *a, const struct lx_object *b)
{
	return FOREIGN_KEY(a)->on_update == FOREIGN_KEY(b)->on_update;
}

static bool same_match(const struct lx_object *a, const struct lx_object *b)
{
	return FOREIGN_KEY(a)->is_match_full == FOREIGN_KEY(b)->is_match_full;
}

static const struct lx_attr rows[LX_FOREIGN_KEY_ATTRS] = {
    [LX_FOREIGN_KEY_COLUMNS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(columns), NULL, same_columns,
				"The columns that refer."},
    [LX_FOREIGN_KEY_TARGET] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(target), NULL, same_target,
			       "The model referred to."},
    [LX_FOREIGN_KEY_TARGET_COLUMNS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(target_columns), NULL,
				       same_target_columns, "The columns referred to."},
    [LX_FOREIGN_KEY_ON_DELETE] = {"on_delete", LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(on_delete), NULL, same_on_delete,
				  "What happens here when the row referred to is deleted."},
    [LX_FOREIGN_KEY_ON_DELETE_COLUMNS] =
	{"on_delete_columns", LX_SHAPE_NAMES, LX_EFFECT_REPLACE, AT(on_delete_columns), NULL, NULL,
	 "The columns that set_null and set_default set; without it all (PostgreSQL 15)."},
    [LX_FOREIGN_KEY_ON_UPDATE] = {"on_update", LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(on_update), NULL, same_on_update,
				  "What happens here when the key referred to changes."},
    [LX_FOREIGN_KEY_MATCH_FULL] = {"match", LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(is_match_full), NULL, same_match,
				   "With full, either all columns are null or none is."},
    [LX_FOREIGN_KEY_PERIOD] = {"period", LX_SHAPE_FLAG, LX_EFFECT_REPLACE, AT(is_period), NULL, NULL,
			       "The last column is a range that those referred to must cover (PostgreSQL 18)."},
    [LX_FOREIGN_KEY_DEFERRABLE] = {"deferrable", LX_SHAPE_CHOICE, LX_EFFECT_ALTER, AT(deferrable),
				   lx_deferrable_choices, NULL, "May be checked at the end of the transaction."},
    [LX_FOREIGN_KEY_NOT_VALID] = {"not_valid", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_not_valid), NULL, NULL,
				  "Holds for new rows; rows that are there already may break it."},
    [LX_FOREIGN_KEY_NOT_ENFORCED] = {"not_enforced", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_not_enforced), NULL, NULL,
				     "Is only said, not checked (PostgreSQL 18)."},
    [LX_FOREIGN_KEY_AS] = {"as", LX_SHAPE_NAME, LX_EFFECT_NONE, AT(as), NULL, NULL,
			   "The name of the relation in C, seen from here."},
    [LX_FOREIGN_KEY_INVERSE] = {"inverse", LX_SHAPE_NAME, LX_EFFECT_NONE, AT(inverse), NULL, NULL,
				"The name of the relation in C, seen from the other side."},
};

const struct lx_kind_info lx_foreign_key_info = {
    .words = {"foreign"},
    .form = "foreign key [name] (field, …) -> Model (field, …)",
    .title = "foreign key",
    .size = sizeof(struct lx_foreign_key),
    .attrs = rows,
    .attr_count = LX_FOREIGN_KEY_ATTRS,
    .is_child = true,
    .is_database_object = true,
};
