/* What is generated for a table or view, decided before any text is written.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CODEGEN_MODEL_H
#define LX_CODEGEN_MODEL_H
#include <stdbool.h>
#include <stdint.h>

#include "codegen/names.h"
#include "ir/schema.h"
#include "ir/types.h"

struct lx_c_enum {
	const struct lx_object *object;
	const char *type;          /* "app_user_role" */
	const char *array;         /* "app_user_role_array" */
	const char *table;         /* "app_user_role_labels": the lexo_enum */
	const char *label, *parse; /* functions */
	struct lx_vec constants;   /* const char *, in the order of the labels */
};

struct lx_c_composite { /* a composite type all of whose members travel in binary form */
	const struct lx_object *object;
	const char *type, *opt, *array; /* "app_address", "app_address_opt", "app_address_array" */
	const char *table;              /* "app_address_type": the lexo_composite */
	struct lx_vec fields;           /* struct lx_c_column * */
};

struct lx_c_type {            /* how a column's values look in C and travel */
	const char *plain;    /* "int64_t" */
	const char *nullable; /* "lexo_opt_i64"; for types whose zero value is NULL the plain one */
	const char *codec;    /* "LEXO_CODEC_I64" */
	const struct lx_c_enum *labels;
	const struct lx_c_composite *composite;
	uint32_t oid, element_oid;
	bool is_array, is_multirange, is_as_text, is_ordered;
	bool is_textual; /* LIKE works on it */
};

struct lx_c_column {
	const struct lx_object *object; /* of the table's column, or of the view */
	struct lx_span span;
	const char *name;     /* in SQL */
	const char *field;    /* in structs */
	const char *constant; /* APP_USER_EMAIL */
	const char *comment, *deprecated;
	struct lx_c_type type;
	bool is_nullable, is_secret, is_ordered, is_version;
	bool is_in_row, is_in_insert, is_in_patch;
	bool is_optional; /* in the insert */
	bool has_default;
	bool has_null_option; /* absent, NULL and a value are three things */
	bool has_constant;
};

struct lx_c_key {
	const char *verb;      /* "get_by_email" */
	const char *function;  /* "app_user_get_by_email" */
	const char *table;     /* "lexo_key_0": of the source file */
	const char *upsert;    /* "app_user_upsert_by_email"; NULL: no insert can meet a row by it */
	struct lx_vec columns; /* struct lx_c_column * */
};

struct lx_c_model {
	const struct lx_object *object;
	const char *file;                                                  /* "app_user" */
	const char *type;                                                  /* "app_user" */
	const char *prefix;                                                /* "app_user_" */
	const char *upper;                                                 /* "APP_USER_" */
	const char *rows, *insert, *patch, *query, *order, *stream, *copy; /* types */
	const char *where;
	const char *guard;
	struct lx_vec columns;        /* struct lx_c_column * */
	struct lx_c_key *primary_key; /* NULL: none */
	struct lx_vec uniques;        /* struct lx_c_key * */
	struct lx_vec lists;          /* struct lx_c_key * */
	struct lx_vec relations;      /* struct lx_c_relation *: those that it is the child or the parent of */
	bool is_result;               /* of a named query */
	bool is_view, has_insert, has_patch, has_null_columns, has_order, has_get_many;
	unsigned mask_bits; /* 32, 64, or a multiple of 64: then masks are arrays of words */
};

struct lx_c_relation { /* a foreign key of one column */
	struct lx_c_model *child, *parent;
	const struct lx_c_key *list;      /* of the child: its column */
	const struct lx_c_key *key;       /* of the parent: the column that is referred to */
	const char *load_one, *load_many; /* "app_document_load_owner", "app_user_load_documents" */
};

struct lx_query;
struct lx_c_query { /* a named one */
	const struct lx_query *object;
	const char *function;  /* "app_document_search" */
	const char *arguments; /* "app_document_search_args"; NULL: none, or one that is passed by itself */
	const char *argument;  /* the parameter's name in the one case */
	const char *row, *rows, *stream, *table; /* types, and the name of its lexo_model */
	struct lx_c_model *model;                /* whose rows it gives; NULL: its own, or none */
	const char *sql;
	struct lx_vec parameters, results; /* struct lx_c_column * */
};

struct lx_c_plan {
	struct lx_arena *arena;
	struct lx_names names;
	const struct lx_schema *schema;
	const char *prefix;                 /* "app" */
	const char *upper;                  /* "APP" */
	struct lx_map enums_by_object;      /* object key -> struct lx_c_enum * */
	struct lx_vec enums;                /* struct lx_c_enum * */
	struct lx_map composites_by_object; /* object key -> struct lx_c_composite * */
	struct lx_vec composites;           /* struct lx_c_composite *, each behind those that are in it */
	struct lx_map models_by_object;     /* object -> struct lx_c_model * */
	struct lx_vec models;               /* struct lx_c_model * */
	struct lx_vec constraints;          /* struct lx_c_constraint * */
	struct lx_vec queries;              /* struct lx_c_query * */
};

struct lx_c_constraint {
	const char *name, *schema, *table; /* in SQL */
	const char *constant;
	unsigned value;
};

/* Fills MODELS, ENUMS and CONSTRAINTS of PLAN, whose other members are set; reports clashes. */
void lx_c_plan_schema(struct lx_c_plan *plan);
/* plan_type.c */
struct lx_c_type lx_c_type_of(const struct lx_c_plan *plan, const struct lx_type *type);
const struct lx_c_enum *lx_c_enum_of(const struct lx_c_plan *plan, const struct lx_object *object);
struct lx_c_model *lx_c_model_of(const struct lx_c_plan *plan, const struct lx_object *object); /* NULL: none */
/* plan_composite.c: all composite types; the enums are planned before.  NULL: it has no struct, and travels as text. */
void lx_c_plan_composites(struct lx_c_plan *plan);
const struct lx_c_composite *lx_c_composite_of(const struct lx_c_plan *plan, const struct lx_object *object);
/* plan_keys.c: constraints of a table as keys of its model, and names of all constraints. */
void lx_c_plan_keys(struct lx_c_plan *plan, struct lx_c_model *model);
void lx_c_plan_constraints(struct lx_c_plan *plan);
/* plan_relation.c: foreign keys between models; the models are planned before. */
void lx_c_plan_relations(struct lx_c_plan *plan);
/* plan_query.c: all named queries; the models are planned before. */
void lx_c_plan_queries(struct lx_c_plan *plan);
#endif
