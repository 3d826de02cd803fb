/* The files of a plan, each written into a text.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CODEGEN_WRITE_H
#define LX_CODEGEN_WRITE_H
#include "codegen/model.h"
#include "codegen/text.h"

void lx_c_write_header(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model);
void lx_c_write_source(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model);
void lx_c_write_types_header(struct lx_c_text *text, const struct lx_c_plan *plan);
void lx_c_write_types_source(struct lx_c_text *text, const struct lx_c_plan *plan);
void lx_c_write_umbrella(struct lx_c_text *text, const struct lx_c_plan *plan, uint64_t schema_hash);

/* source.c: a column's row of a table, and where its members are: in the structs ROW, INSERT and PATCH. */
void lx_c_write_column(struct lx_c_text *text, const struct lx_c_column *column, const char *row, const char *insert,
		       const char *patch);
/* header.c: a column as a member, in the form that may be NULL or not; with its comment. */
void lx_c_write_member(struct lx_c_text *text, const struct lx_c_column *column, bool is_nullable, bool has_doc);
/* header.c: the structs of a row and of an insert; the declarations of all functions. */
void lx_c_write_row(struct lx_c_text *text, const struct lx_c_model *model);
void lx_c_write_insert(struct lx_c_text *text, const struct lx_c_model *model);
void lx_c_write_functions(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model);
/* named.c: the header and the source of all named queries. */
void lx_c_write_queries_header(struct lx_c_text *text, const struct lx_c_plan *plan);
void lx_c_write_queries_source(struct lx_c_text *text, const struct lx_c_plan *plan);
/* Its structs and its function. */
void lx_c_declare_query(struct lx_c_text *text, const struct lx_c_query *query);
/* types.c: the structs of a composite type. */
void lx_c_write_composite(struct lx_c_text *text, const struct lx_c_composite *object);

/* relation.c: functions that load MODEL's rows for others', declared in the header, defined in the source, which
 * includes the others' headers. */
void lx_c_write_relations(struct lx_c_text *text, const struct lx_c_model *model, bool is_header);
void lx_c_write_relation_includes(struct lx_c_text *text, const struct lx_c_model *model);

/* query.c: predicates and the query struct for the header; find_one, count, update_where and delete_where declared
 * there and defined in the source, behind the function that makes a lexo_query. */
void lx_c_write_query(struct lx_c_text *text, const struct lx_c_model *model);
void lx_c_write_query_of(struct lx_c_text *text, const struct lx_c_model *model);
void lx_c_write_query_functions(struct lx_c_text *text, const struct lx_c_model *model, bool is_header);
/* "uint32_t NAME;": a member that holds a bit for each column */
void lx_c_write_mask(struct lx_c_text *text, const struct lx_c_model *model, const char *name);

/* page.c: a page about a model in Markdown, and the page that leads to them. */
void lx_c_write_page(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model);
void lx_c_write_index(struct lx_c_text *text, const struct lx_c_plan *plan);
/* And one about all named queries. */
void lx_c_write_queries_page(struct lx_c_text *text, const struct lx_c_plan *plan);
/* page_example.c: a function that uses MODEL, as a whole source file. */
void lx_c_write_example(struct lx_c_text *text, const struct lx_c_plan *plan, const struct lx_c_model *model);

/* many.c: insert_many, get_many, upsert, stream and copy, declared in the header, defined in the source. */
void lx_c_write_many(struct lx_c_text *text, const struct lx_c_model *model, bool is_header);

/* signature.c: how the functions of a model begin, the same in header and source. */
enum lx_c_function { LX_C_INSERT, LX_C_GET, LX_C_UPDATE, LX_C_DELETE, LX_C_LIST, LX_C_FIND };
/* "lexo_rc app_user_get(lexo_db *db, lexo_uuid id, …)"; KEY for get, update, delete and list. */
void lx_c_write_signature(struct lx_c_text *text, struct lx_arena *arena, const struct lx_c_model *model,
			  enum lx_c_function function, const struct lx_c_key *key);
/* The parameter for a key's column; differs from its field where that is the name of another parameter. */
const char *lx_c_parameter(struct lx_arena *arena, const struct lx_c_key *key, const struct lx_c_column *column);
#endif
