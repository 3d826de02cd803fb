/* A column of a table.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_COLUMN_H
#define LX_KINDS_COLUMN_H
#include "ir/schema.h"
#include "ir/types.h"
#include "kinds/foreign_options.h"

enum {
	LX_COLUMN_TYPE,
	LX_COLUMN_NULLABLE,
	LX_COLUMN_NOT_NULL,
	LX_COLUMN_NO_INHERIT,
	LX_COLUMN_NOT_VALID,
	LX_COLUMN_DEFAULT,
	LX_COLUMN_GENERATED,
	LX_COLUMN_VIRTUAL,
	LX_COLUMN_IDENTITY,
	LX_COLUMN_IDENTITY_OPTIONS,
	LX_COLUMN_IDENTITY_SEQUENCE,
	LX_COLUMN_SEQUENCE_COMMENT,
	LX_COLUMN_COLLATION,
	LX_COLUMN_STORAGE,
	LX_COLUMN_COMPRESSION,
	LX_COLUMN_STATISTICS,
	LX_COLUMN_OPTIONS,
	LX_COLUMN_INHERITED,
	LX_COLUMN_SECRET,
	LX_COLUMN_HIDDEN,
	LX_COLUMN_VERSION,
	LX_COLUMN_C_FIELD,
	LX_COLUMN_USING,
	LX_COLUMN_FOREIGN,
	LX_COLUMN_ATTRS
};
enum lx_identity { LX_IDENTITY_NONE, LX_IDENTITY_BY_DEFAULT, LX_IDENTITY_ALWAYS };
struct lx_column {
	struct lx_object base; /* children of a table keep declaration order; a mixin's come behind the model's own */
	struct lx_type type;
	struct lx_expr default_value; /* SQL text: = user on an enum column gives 'user', = [] gives '{}' */
	struct lx_expr generated;
	const char *identity_options;  /* "start=10, increment=2", sorted */
	const char *identity_sequence; /* its name where that is not PostgreSQL's default */
	const char *sequence_comment;  /* @sequence_comment('…'): on the identity's sequence */
	const char *collation;         /* @collate('C') */
	const char *collation_schema;  /* @collate(app.x); NULL: PostgreSQL's own */
	const char *not_null;    /* @not_null(name): of the constraint (PostgreSQL 18), where it is not its default */
	const char *compression; /* @compression(lz4) */
	const char *options;     /* @options(n_distinct: 100) */
	int64_t statistics;      /* @statistics(500); 0 is none */
	int identity;
	int storage; /* @storage(external) */
	bool has_statistics;
	bool is_nullable;
	bool no_inherit;   /* @not_null_no_inherit: the tables below may have NULL; PostgreSQL 18 */
	bool is_not_valid; /* @not_null_not_valid: it holds for new rows, nobody has looked at the old ones; PostgreSQL
			      18 */
	bool is_virtual;   /* @virtual */
	bool is_inherited; /* there only because the table above has it; @inherited when it differs from that one */
	bool is_secret;
	bool is_hidden;
	bool is_version;                           /* @version: optimistic locking */
	const char *c_field;                       /* @c(field:) */
	struct lx_foreign_options foreign_options; /* @foreign(column_name: 'x'): of a foreign table */
	struct lx_expr using_expr;                 /* @using(`expr`): for a type change; an intent, not a fact */
};
#endif
