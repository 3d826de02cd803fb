/* What generated C is made of: constant tables that describe models, and the functions that work from them.  Not for
 * hand-written code: the tables may change with LEXO_ABI.
 *
 * No SQL text is generated but that of named queries: the runtime puts it together from the (already quoted) names in
 * these tables, once for each statement and connection, and keeps the statement prepared.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LEXO_BIND_H
#define LEXO_BIND_H
#include <lexo/lexo.h>
#include <lexo/model.h>
#ifdef __cplusplus
extern "C" {
#endif

/* How a value travels and what it is in C. */
enum {
	LEXO_CODEC_BOOL = 1,
	LEXO_CODEC_I16,
	LEXO_CODEC_I32,
	LEXO_CODEC_I64,
	LEXO_CODEC_U32,
	LEXO_CODEC_F32,
	LEXO_CODEC_F64,
	LEXO_CODEC_UUID,
	LEXO_CODEC_DATE,
	LEXO_CODEC_TS,
	LEXO_CODEC_ENUM,
	LEXO_CODEC_TEXT,
	LEXO_CODEC_BYTES,
	LEXO_CODEC_JSON,
	LEXO_CODEC_JSONB,
	LEXO_CODEC_TIME,
	LEXO_CODEC_INTERVAL,
	LEXO_CODEC_INET,
	LEXO_CODEC_I32_RANGE,
	LEXO_CODEC_I64_RANGE,
	LEXO_CODEC_DATE_RANGE,
	LEXO_CODEC_TS_RANGE,
	LEXO_CODEC_NUMERIC,
	LEXO_CODEC_COMPOSITE,
	LEXO_CODEC_NUM_RANGE,
	LEXO_CODEC_COUNT
};
enum {
	LEXO_NULLABLE = 1, /* the row and the patch hold an opt, when the codec has one */
	LEXO_ARRAY = 2,
	LEXO_AS_TEXT = 4,  /* selected with ::text and sent in text format: works for every type */
	LEXO_OPTIONAL = 8, /* may be left out of an insert */
	LEXO_SECRET = 16,
	LEXO_ORDERED = 32,    /* find may order by it */
	LEXO_DEFAULT = 64,    /* left out of an insert it gets what the database says, which need not be NULL */
	LEXO_VERSION = 128,   /* counts the row's changes: an update names the one that it changes */
	LEXO_MULTIRANGE = 256 /* in C an array of ranges */
};
#define LEXO_NOWHERE UINT32_MAX /* an offset: the struct has no such field */

typedef struct lexo_enum {
	const char *schema, *name; /* as in the catalog */
	const lexo_str *labels;    /* label of value i + 1 */
	uint32_t label_count;
} lexo_enum;

/* How values look in C.  opt_value: where the value is in its opt; 0: there is none, and zero is NULL. */
typedef struct lexo_layout {
	uint32_t size, alignment, opt_size, opt_value;
} lexo_layout;

struct lexo_column;
typedef struct lexo_composite {
	const char *schema, *name;        /* as in the catalog */
	const char *sql;                  /* both, quoted for SQL */
	const struct lexo_column *fields; /* all of them can be NULL; row: where they are */
	uint32_t field_count;
	lexo_layout layout;
} lexo_composite;

typedef struct lexo_column {
	const char *name; /* quoted for SQL */
	union {
		const lexo_enum *labels;
		const lexo_composite *composite;
	} type;                      /* the codec says which; NULL: neither */
	uint32_t oid;                /* of the value (of the array, too); 0: let the server infer it */
	uint32_t element_oid;        /* of an array's elements; 0: an enum's or a composite's */
	uint32_t row, insert, patch; /* offsets of the field in the three structs */
	uint16_t codec;
	uint16_t flags;
} lexo_column;

typedef struct lexo_key { /* columns to look up by */
	const char *verb; /* "get_by_email" */
	const uint16_t *columns;
	uint32_t column_count;
	const char *array_type; /* SQL type of an array of the only column's values; NULL: its OID says which */
} lexo_key;

typedef struct lexo_constraint {
	const char *name, *schema, *table; /* table: or domain */
	int value;                         /* of the generated enum */
} lexo_constraint;

typedef struct lexo_catalog {               /* what the models of one generated folder share */
	const lexo_constraint *constraints; /* sorted by name */
	size_t constraint_count;
} lexo_catalog;

typedef struct lexo_model {
	const char *name;     /* "app_user" */
	const char *relation; /* schema and name, quoted for SQL */
	const lexo_catalog *catalog;
	const lexo_column *columns;
	const lexo_key *primary_key; /* NULL: none */
	uint32_t column_count;
	uint32_t row_size;
	uint32_t insert_size;  /* of the insert struct; 0: nothing is inserted */
	uint32_t mask_size;    /* of patch.set and insert.null_columns: 4, or a multiple of 8; bit i is column i */
	uint32_t patch_set;    /* offset in the patch */
	uint32_t insert_nulls; /* offset in the insert struct, or LEXO_NOWHERE */
	const char *sql; /* of a named query: its parameters are the columns with an insert member, its result those
			    with a row member */
} lexo_model;

enum { LEXO_LOCK_COUNT = LEXO_LOCK_KEY_SHARE + 1 };
typedef struct lexo_query {
	const lexo_pred *where; /* all of them hold */
	size_t where_count;
	const void *after; /* a row: what comes behind it in the order; NULL: from the first one on */
	const void *omit;  /* a mask of columns as in a patch, that are not fetched and stay zero; NULL: none */
	uint32_t order; /* 0 none, 2 * column + 1 ascending, 2 * column + 2 descending; the primary key breaks ties */
	uint32_t limit; /* 0: all */
	uint32_t offset;
	uint32_t lock;
} lexo_query;

/* ROW may be NULL: then nothing is returned by the server, and ARENA may be NULL too.  On failure and on LEXO_NOT_FOUND
 * *ROW and *ROWS are zeroed.  VALUES: one pointer for each column of KEY, to a value in the form of a NOT NULL column.
 */
LEXO_PUBLIC lexo_rc lexo_bind_insert(lexo_db *db, const lexo_model *model, const void *values, lexo_arena *arena,
				     void *row) LEXO_MUST_CHECK;
LEXO_PUBLIC lexo_rc lexo_bind_get(lexo_db *db, const lexo_model *model, const lexo_key *key, const void *const *values,
				  lexo_arena *arena, void *row) LEXO_MUST_CHECK;
LEXO_PUBLIC lexo_rc lexo_bind_update(lexo_db *db, const lexo_model *model, const void *const *values, const void *patch,
				     lexo_arena *arena, void *row) LEXO_MUST_CHECK;
LEXO_PUBLIC lexo_rc lexo_bind_delete(lexo_db *db, const lexo_model *model, const void *const *values) LEXO_MUST_CHECK;
/* ROWS points to { row *items; size_t len }.  LIMIT 0: all. */
LEXO_PUBLIC lexo_rc lexo_bind_list(lexo_db *db, const lexo_model *model, const lexo_key *key, const void *const *values,
				   uint32_t limit, lexo_arena *arena, void *rows) LEXO_MUST_CHECK;
LEXO_PUBLIC lexo_rc lexo_bind_find(lexo_db *db, const lexo_model *model, const lexo_query *query, lexo_arena *arena,
				   void *rows) LEXO_MUST_CHECK;
/* The first one. */
LEXO_PUBLIC lexo_rc lexo_bind_find_one(lexo_db *db, const lexo_model *model, const lexo_query *query, lexo_arena *arena,
				       void *row) LEXO_MUST_CHECK;
/* The query has predicates and nothing else; without any it is LEXO_E_MISUSE.  COUNT may be NULL. */
LEXO_PUBLIC lexo_rc lexo_bind_update_where(lexo_db *db, const lexo_model *model, const lexo_query *query,
					   const void *patch, int64_t *count) LEXO_MUST_CHECK;
LEXO_PUBLIC lexo_rc lexo_bind_delete_where(lexo_db *db, const lexo_model *model, const lexo_query *query,
					   int64_t *count) LEXO_MUST_CHECK;

/* VALUES: COUNT insert structs.  All or none are inserted; ROWS may be NULL.  LEXO_NOT_FOUND: a trigger kept some out.
 */
LEXO_PUBLIC lexo_rc lexo_bind_insert_many(lexo_db *db, const lexo_model *model, const void *values, size_t count,
					  lexo_arena *arena, void *rows) LEXO_MUST_CHECK;
/* IDS: COUNT values of the only column of KEY.  ROWS: room for COUNT pointers to rows; NULL where there is none. */
LEXO_PUBLIC lexo_rc lexo_bind_get_many(lexo_db *db, const lexo_model *model, const lexo_key *key, const void *ids,
				       size_t count, lexo_arena *arena, void *rows) LEXO_MUST_CHECK;
/* UPDATE: a mask of columns as in a patch; NULL or empty: those given, without the key's.  INSERTED may be NULL. */
LEXO_PUBLIC lexo_rc lexo_bind_upsert(lexo_db *db, const lexo_model *model, const lexo_key *key, const void *values,
				     const void *update, lexo_arena *arena, void *row, bool *inserted) LEXO_MUST_CHECK;
LEXO_PUBLIC lexo_rc lexo_bind_count(lexo_db *db, const lexo_model *model, const lexo_query *query,
				    int64_t *out) LEXO_MUST_CHECK;

/* A column of the rows that others are loaded for. */
typedef struct lexo_relation {
	uint32_t size;   /* of such a row */
	uint32_t offset; /* of the column in it */
	bool is_nullable;
} lexo_relation;
/* OWNERS: COUNT rows as FROM says.  ROWS: room for COUNT { row *items; size_t len }: those of MODEL whose column of KEY
 * (it has one) is the owner's, by EACH (may be NULL; no page, no lock), whose limit and offset are for each owner. */
LEXO_PUBLIC lexo_rc lexo_bind_load_many(lexo_db *db, const lexo_model *model, const lexo_key *key,
					const lexo_relation *from, const void *owners, size_t count,
					const lexo_query *each, lexo_arena *arena, void *rows) LEXO_MUST_CHECK;
/* The other way: ROWS: room for COUNT pointers, NULL where there is no such row. */
LEXO_PUBLIC lexo_rc lexo_bind_load_one(lexo_db *db, const lexo_model *model, const lexo_key *key,
				       const lexo_relation *from, const void *owners, size_t count, lexo_arena *arena,
				       void *rows) LEXO_MUST_CHECK;

/* Rows one after the other, while the handle does nothing else.  Closing is always allowed, NULL too. */
typedef struct lexo_stream lexo_stream;
LEXO_PUBLIC lexo_rc lexo_bind_stream(lexo_db *db, const lexo_model *model, const lexo_query *query,
				     lexo_stream **out) LEXO_MUST_CHECK;
LEXO_PUBLIC lexo_rc lexo_bind_stream_next(lexo_stream *stream, const void **row) LEXO_MUST_CHECK;
LEXO_PUBLIC void lexo_bind_stream_close(lexo_stream *stream);

/* COPY FROM STDIN, in binary format unless a column travels as text.  The first row decides which columns with a
 * default are given. */
typedef struct lexo_copy lexo_copy;
LEXO_PUBLIC lexo_rc lexo_bind_copy(lexo_db *db, const lexo_model *model, lexo_copy **out) LEXO_MUST_CHECK;
LEXO_PUBLIC lexo_rc lexo_bind_copy_row(lexo_copy *copy, const void *values) LEXO_MUST_CHECK;
LEXO_PUBLIC lexo_rc lexo_bind_copy_end(lexo_copy *copy,
				       int64_t *count) LEXO_MUST_CHECK; /* frees COPY; COUNT may be NULL */
LEXO_PUBLIC void lexo_bind_copy_abort(lexo_copy *copy);                 /* frees COPY; nothing is stored */

/* Named queries: MODEL has SQL, ARGUMENTS is the struct that the insert members are in (NULL when there are none). ONE:
 * LEXO_NOT_FOUND when there is no row, LEXO_E_SCHEMA_MISMATCH when there are several.  COUNT may be NULL. */
LEXO_PUBLIC lexo_rc lexo_bind_query_one(lexo_db *db, const lexo_model *model, const void *arguments, lexo_arena *arena,
					void *row) LEXO_MUST_CHECK;
LEXO_PUBLIC lexo_rc lexo_bind_query_many(lexo_db *db, const lexo_model *model, const void *arguments, lexo_arena *arena,
					 void *rows) LEXO_MUST_CHECK;
LEXO_PUBLIC lexo_rc lexo_bind_query_exec(lexo_db *db, const lexo_model *model, const void *arguments,
					 int64_t *count) LEXO_MUST_CHECK;
LEXO_PUBLIC lexo_rc lexo_bind_query_stream(lexo_db *db, const lexo_model *model, const void *arguments,
					   lexo_stream **out) LEXO_MUST_CHECK;

LEXO_PUBLIC const char *lexo_bind_label(const lexo_enum *labels, unsigned value); /* "" when it is none */
LEXO_PUBLIC unsigned lexo_bind_parse(const lexo_enum *labels, lexo_str label);    /* 0 when it is none */

#ifdef __cplusplus
}
#endif
#endif
