/* Attributes: every field of a payload is one row, and the rows drive what is dull: reading annotations, comparing,
 * printing, documenting.  A field without a row cannot be forgotten: a unit test checks that the rows cover the
 * payload.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_ATTR_H
#define LX_KINDS_ATTR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ir/schema.h"

struct lx_cursor;
struct lx_node;
struct lx_declare;
struct lx_printer;

enum lx_attr_shape {                   /* C type of the field */
		     LX_SHAPE_FLAG,    /* bool; @word */
		     LX_SHAPE_CHOICE,  /* int; @word(choice): 1-based index into choices, 0 absent; @word alone is the
					  first */
		     LX_SHAPE_NAME,    /* const char *; @word(name) or @word('name') */
		     LX_SHAPE_STRING,  /* const char *; @word('text') */
		     LX_SHAPE_INTEGER, /* int64_t; @word(7) */
		     LX_SHAPE_SQL,     /* struct lx_expr; @word(`expr`), compared by tokens */
		     LX_SHAPE_TYPE,    /* struct lx_type; not an annotation */
		     LX_SHAPE_NAMES,   /* struct lx_vec of const char *, order matters; @word(a, b) */
		     LX_SHAPE_OPTIONS, /* const char *: "fillfactor=70, autovacuum_enabled=false", a set;
					  @word(fillfactor: 70, …) */
		     LX_SHAPE_FOREIGN, /* struct lx_foreign_options; two rows: @options(host: 'x') and
					  @secrets(password) */
		     LX_SHAPE_OWN      /* the kind reads, compares and prints it (equal below) */
};
enum lx_attr_effect {
	LX_EFFECT_ALTER,   /* a difference is passed to the kind's alter hook */
	LX_EFFECT_REPLACE, /* a difference means drop and create again */
	LX_EFFECT_NONE     /* no trace in the database (C names, intents): not compared, not in the snapshot */
};

struct lx_attr {
	/* The annotation; "c:type" is the argument type of @c(type: …, prefix: …).  NULL: the kind's own syntax sets
	 * the field.  LX_SHAPE_OWN with a word: the kind has read that annotation already, lx_attr_parse passes over
	 * it. */
	const char *word;
	enum lx_attr_shape shape;
	enum lx_attr_effect effect;
	size_t offset;              /* in the payload */
	const char *const *choices; /* NULL-terminated: how the choice is written in .lexo, '_' for ' ' */
	bool (*equal)(const struct lx_object *a, const struct lx_object *b); /* LX_SHAPE_OWN; NULL: always equal */
	const char *doc; /* one sentence, for hover text, completion and docs */
};

/* Annotations that a kind reads itself: those of LX_SHAPE_OWN rows, and those that are no attribute (@id of a column).
 */
struct lx_attr_own {
	const char *const *words; /* NULL-terminated */
	/* ANNOTATION is @word or @word(…); lx_cursor_enter reads its arguments. */
	void (*read)(struct lx_declare *declare, const struct lx_node *annotation, struct lx_object *object,
		     void *context);
	void *context;
};

/* Reads all annotations at the cursor into OBJECT: those of its kind's rows, those of OWN, and those every
 * object has: @map('sql_name') (tables: @table too), @schema(name) where the kind has schemas, @renamed(from: old),
 * @external, @deprecated('why'), @allow(drop_column, …), @ignore.  Unknown ones are reported with the nearest match,
 * repeated ones too.  Call it between lx_declare_new and lx_declare_add. */
void lx_attr_parse(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_object *object);
void lx_attr_parse_own(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_object *object,
		       const struct lx_attr_own *own);
/* One annotation's argument as text: a name, 'text' or number.  NULL: reported. */
const char *lx_attr_text(struct lx_declare *declare, const struct lx_node *annotation);
/* The arguments of an annotation (fillfactor: 70, b: 'x') as options text: "b=x, fillfactor=70", sorted. */
const char *lx_attr_options(struct lx_declare *declare, const struct lx_node *group);
/* The same in the order in which they stand: that of indexes shows in their definition. */
const char *lx_attr_options_in_order(struct lx_declare *declare, const struct lx_node *group);
/* Bits of the rows (not of LX_EFFECT_NONE) in which A and B differ. */
uint32_t lx_attr_compare(const struct lx_object *a, const struct lx_object *b);
/* Prints the annotations of all rows that have a word, an effect and a value that is not the default. */
void lx_attr_print(struct lx_printer *printer, const struct lx_object *object);
#endif
