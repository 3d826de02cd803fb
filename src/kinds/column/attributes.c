/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/column/column.h"

#include "kinds/kind.h"
#include "kinds/names.h"

#define AT(field) offsetof(struct lx_column, field)

static const char *const storages[] = {"plain", "external", "extended", "main", NULL};

static bool same_identity(const struct lx_object *a, const struct lx_object *b)
{
	return ((const struct lx_column *)a)->identity == ((const struct lx_column *)b)->identity;
}

static bool same_collation(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_column *x = (const struct lx_column *)a, *y = (const struct lx_column *)b;
	return lx_text_equal(x->collation, y->collation) && lx_text_equal(x->collation_schema, y->collation_schema);
}

static bool same_statistics(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_column *x = (const struct lx_column *)a, *y = (const struct lx_column *)b;
	return x->has_statistics == y->has_statistics && x->statistics == y->statistics;
}

static bool same_inherited(const struct lx_object *a, const struct lx_object *b)
{
	return ((const struct lx_column *)a)->is_inherited == ((const struct lx_column *)b)->is_inherited;
}

static const struct lx_attr rows[LX_COLUMN_ATTRS] = {
    [LX_COLUMN_TYPE] = {NULL, LX_SHAPE_TYPE, LX_EFFECT_ALTER, AT(type), NULL, NULL, "The type."},
    [LX_COLUMN_NULLABLE] = {NULL, LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_nullable), NULL, NULL,
			    "Written as ? behind the type: the column may be null."},
    [LX_COLUMN_NOT_NULL] = {"not_null", LX_SHAPE_NAME, LX_EFFECT_ALTER, AT(not_null), NULL, NULL,
			    "The name of the NOT NULL constraint (PostgreSQL 18), if it is not table_column_not_null."},
    [LX_COLUMN_NO_INHERIT] = {"not_null_no_inherit", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(no_inherit), NULL, NULL,
			      "NOT NULL is not handed down to the models below (PostgreSQL 18)."},
    [LX_COLUMN_NOT_VALID] = {"not_null_not_valid", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_not_valid), NULL, NULL,
			     "NOT NULL holds for new rows, nobody has looked at the old ones (PostgreSQL 18)."},
    [LX_COLUMN_DEFAULT] = {NULL, LX_SHAPE_SQL, LX_EFFECT_ALTER, AT(default_value), NULL, NULL,
			   "The value of a row that does not give one, written behind =."},
    [LX_COLUMN_GENERATED] = {NULL, LX_SHAPE_SQL, LX_EFFECT_ALTER, AT(generated), NULL, NULL,
			     "The expression that the column is computed from."},
    [LX_COLUMN_VIRTUAL] = {"virtual", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_virtual), NULL, NULL,
			   "Computes a generated column when it is read (PostgreSQL 18) instead of storing it."},
    [LX_COLUMN_IDENTITY] = {"identity", LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(identity), NULL, same_identity,
			    "Numbers the rows; with always, a row may not bring its own number."},
    [LX_COLUMN_IDENTITY_OPTIONS] = {NULL, LX_SHAPE_OPTIONS, LX_EFFECT_ALTER, AT(identity_options), NULL, NULL,
				    "start, increment, min, max, cache and cycle of the identity."},
    [LX_COLUMN_IDENTITY_SEQUENCE] = {NULL, LX_SHAPE_NAME, LX_EFFECT_ALTER, AT(identity_sequence), NULL, NULL,
				     "The name of the identity's sequence, if it is not table_column_seq."},
    [LX_COLUMN_SEQUENCE_COMMENT] = {"sequence_comment", LX_SHAPE_STRING, LX_EFFECT_ALTER, AT(sequence_comment), NULL,
				    NULL, "The comment on the identity's sequence, beside that on the column."},
    [LX_COLUMN_COLLATION] = {"collate", LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(collation), NULL, same_collation,
			     "The collation that sorts and compares the text."},
    [LX_COLUMN_STORAGE] = {"storage", LX_SHAPE_CHOICE, LX_EFFECT_ALTER, AT(storage), storages, NULL,
			   "Where long values are kept: plain, external, extended or main."},
    [LX_COLUMN_COMPRESSION] = {"compression", LX_SHAPE_NAME, LX_EFFECT_ALTER, AT(compression), NULL, NULL,
			       "How long values are compressed: pglz or lz4."},
    [LX_COLUMN_STATISTICS] = {"statistics", LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(statistics), NULL, same_statistics,
			      "The statistics target of the planner; 0: none are kept."},
    [LX_COLUMN_OPTIONS] = {"options", LX_SHAPE_OPTIONS, LX_EFFECT_ALTER, AT(options), NULL, NULL,
			   "n_distinct and n_distinct_inherited, told to the planner."},
    [LX_COLUMN_INHERITED] = {"inherited", LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(is_inherited), NULL, same_inherited,
			     "Comes from the model above, and differs from what is there."},
    [LX_COLUMN_SECRET] = {"secret", LX_SHAPE_FLAG, LX_EFFECT_NONE, AT(is_secret), NULL, NULL,
			  "Never logged, and left out when a row is printed."},
    [LX_COLUMN_HIDDEN] = {"hidden", LX_SHAPE_FLAG, LX_EFFECT_NONE, AT(is_hidden), NULL, NULL, "Not read with the row."},
    [LX_COLUMN_VERSION] = {"version", LX_SHAPE_FLAG, LX_EFFECT_NONE, AT(is_version), NULL, NULL,
			   "Counts the changes of a row, for optimistic locking."},
    [LX_COLUMN_C_FIELD] = {"c:field", LX_SHAPE_STRING, LX_EFFECT_NONE, AT(c_field), NULL, NULL,
			   "The name of the field in C."},
    [LX_COLUMN_USING] = {"using", LX_SHAPE_SQL, LX_EFFECT_NONE, AT(using_expr), NULL, NULL,
			 "How old values become values of the new type when the type changes."},
    [LX_COLUMN_FOREIGN] = {"foreign", LX_SHAPE_FOREIGN, LX_EFFECT_ALTER, AT(foreign_options), NULL, NULL,
			   "What the wrapper of a foreign table is told about the column."},
};

const struct lx_kind_info lx_column_info = {
    .words = {NULL},
    .form = "name type [?] [= value] [-> Model.field] [@annotation …]",
    .title = "column",
    .size = sizeof(struct lx_column),
    .attrs = rows,
    .attr_count = LX_COLUMN_ATTRS,
    .is_child = true,
    .is_database_object = true,
};
