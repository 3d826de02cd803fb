/* The one place where SQL text is made.  Names, literals and expressions go through typed sinks; nothing else may put a
 * model's text into SQL.  A statement ends with lx_sql_end().
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_SQL_EMIT_H
#define LX_SQL_EMIT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/vec.h"

struct lx_arena;
struct lx_object;
struct lx_type;

struct lx_sql {
	struct lx_arena *arena;
	struct lx_buffer text;          /* of the statement being written */
	struct lx_vec *statements;      /* struct lx_statement_text * (plan/plan.h) */
	const struct lx_object *object; /* what the statements are about */
	unsigned hazards;               /* of the statement being written */
	const char *note;
	bool is_not_transactional;
	bool is_fresh;      /* the table it is about is created by the same plan: empty, and nobody waits for it */
	bool is_concurrent; /* the statement may leave the transaction, if its kind wants that */
	bool is_reverse;    /* a downgrade is being written */
};

/* Fixed SQL text written in the source of lexo itself; never a model's. */
void lx_sql_raw(struct lx_sql *sql, const char *text);
/* A name, quoted exactly when PostgreSQL's quote_identifier() quotes it. */
void lx_sql_name(struct lx_sql *sql, const char *name);
/* schema.name; without the dot when SCHEMA is NULL. */
void lx_sql_qualified(struct lx_sql *sql, const char *schema, const char *name);
void lx_sql_names(struct lx_sql *sql, const struct lx_vec *names); /* a, b, c */
/* The name of a role; "public" is the keyword PUBLIC. */
void lx_sql_role(struct lx_sql *sql, const char *role);
/* 'text' with '' doubled; E'' is never needed since standard_conforming_strings is pinned on. */
void lx_sql_literal(struct lx_sql *sql, const char *text);
void lx_sql_integer(struct lx_sql *sql, int64_t value);
/* One expression, checked when it was compiled.  A comment at its end cannot swallow what follows. */
void lx_sql_expr(struct lx_sql *sql, const char *expr);
/* A part of SQL that was checked as a whole when it was compiled. */
void lx_sql_checked(struct lx_sql *sql, const char *text, size_t length);
/* schema.name as SQL writes it (quotes and all); whatever else TEXT is, it is one name ("de_DE.utf8", C). */
void lx_sql_reference(struct lx_sql *sql, const char *text);
/* SQL text that may be the server's own: what PostgreSQL writes so that it would read something else is put right. */
void lx_sql_deparsed(struct lx_sql *sql, const char *text, size_t length);
/* Statements as the model has them (a view's query, an "sql" declaration), without what is behind the last one. */
void lx_sql_statements(struct lx_sql *sql, const char *text);
void lx_sql_type(struct lx_sql *sql, const struct lx_type *type);
void lx_sql_body(struct lx_sql *sql, const char *body); /* dollar-quoted with a tag that is not in it */
/* "fillfactor=70, a.b=x" as (fillfactor = 70, a.b = 'x'); names only: (fillfactor, a.b). */
void lx_sql_options(struct lx_sql *sql, const char *options, bool is_names_only);
/* The next option of "a=1, b=x, y"; values may contain commas.  Advances *OPTIONS; false at the end.  Copies in ARENA.
 */
bool lx_sql_next_option(struct lx_arena *arena, const char **options, const char **name, const char **value);
/* COMMENT ON …, a whole statement; COMMENT NULL: IS NULL. */
void lx_sql_comment_on(struct lx_sql *sql, const struct lx_object *object, const char *comment);
/* ALTER … OWNER TO, a whole statement; nothing for what has no name of its own in ALTER. */
void lx_sql_owner(struct lx_sql *sql, const struct lx_object *object);
/* What reviewers should know about the statement being written. */
void lx_sql_hazard(struct lx_sql *sql, unsigned hazards, const char *note);
void lx_sql_end(struct lx_sql *sql); /* files the statement with its hazards and note, and starts the next */
/* The same quoting into any buffer. */
void lx_quote_name(struct lx_buffer *out, const char *name);
void lx_quote_literal(struct lx_buffer *out, const char *text);
bool lx_is_sql_keyword(const char *word, size_t length); /* any of PostgreSQL's keywords, in any case */
bool lx_name_needs_quotes(const char *name);
#endif
