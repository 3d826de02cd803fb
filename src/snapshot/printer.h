/* Writes canonical .lexo text; used by the kinds' print hooks.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_SNAPSHOT_PRINTER_H
#define LX_SNAPSHOT_PRINTER_H
#include <stdbool.h>

#include "base/buffer.h"
#include "ir/schema.h"
#include "ir/types.h"

struct lx_field; /* kinds/composite/composite.h */

struct lx_printer {
	struct lx_buffer *out;
	struct lx_arena *arena;
	int indent;
	const char *default_schema; /* objects in another one get @schema(…) */
};
/* The doc comment and the indent: how every print hook begins. */
void lx_print_begin(struct lx_printer *printer, const struct lx_object *object);
/* The children, one level deeper: columns in declaration order, then the others sorted. */
void lx_print_children(struct lx_printer *printer, const struct lx_object *object);
void lx_print_indent(struct lx_printer *printer);
void lx_print_text(struct lx_printer *printer, const char *text); /* fixed text */
/* Whether NAME can stand as a bare word anywhere a name can. */
bool lx_print_is_word(const char *name);
/* A name as a word, quoted when it is not a plain word or would be read as a member word. */
void lx_print_name(struct lx_printer *printer, const char *name);
void lx_print_quoted(struct lx_printer *printer, const char *name); /* "name", also where it need not be */
/* The name of a declaration: as in the models, then @map('sql_name') (WORD: "map" or "table") unless that is the same.
 */
void lx_print_declared(struct lx_printer *printer, const struct lx_object *object, const char *word);
/* Only the @map part of it, with a blank before; for declarations where annotations stand at the end. */
void lx_print_map(struct lx_printer *printer, const struct lx_object *object, const char *word);
/* "name type? = value"; parameters and fields. */
void lx_print_field(struct lx_printer *printer, const struct lx_field *field);
/* The same without the name. */
void lx_print_field_type(struct lx_printer *printer, const struct lx_field *field);
/* SQL text behind "=": bare where it reads the same (12, 'text', true, now()), else in back-quotes. */
void lx_print_value(struct lx_printer *printer, const char *sql);
/* The arguments of an annotation from options text (NULL: nothing): fillfactor: 70, name: 'x' */
void lx_print_options(struct lx_printer *printer, const char *options);
/* An SQL name where a word would be put into lower case: quoted when it has capitals, too. */
void lx_print_exact(struct lx_printer *printer, const char *name);
void lx_print_string(struct lx_printer *printer, const char *text); /* 'text' */
void lx_print_sql(struct lx_printer *printer, const char *text);    /* `text` */
void lx_print_body(struct lx_printer *printer, const char *text);   /* $$text$$ with a tag that is not in it */
void lx_print_type(struct lx_printer *printer, const struct lx_type *type);
void lx_print_names(struct lx_printer *printer, const struct lx_vec *names); /* (a, b) */
void lx_print_doc(struct lx_printer *printer, const char *comment);          /* /// lines at the indent, or nothing */
/* Whether /// lines keep COMMENT as it is: blanks at the ends of lines are no part of them.  Else it is printed as
 * @comment('…'), which lx_attr_print does. */
bool lx_print_is_doc(const char *comment);
void lx_print_end(struct lx_printer *printer); /* newline */
#endif
