/* Options of text search dictionaries, wrappers, servers, foreign tables and user mappings.  What is
 * made of them is unknown, and some hold secrets: of those only the names are read, never the values.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_FOREIGN_OPTIONS_H
#define LX_KINDS_FOREIGN_OPTIONS_H
#include <stdbool.h>

#include "base/vec.h"

struct lx_arena;
struct lx_declare;
struct lx_node;
struct lx_printer;
struct lx_row;
struct lx_sql;

struct lx_foreign_options {
	struct lx_vec values; /* const char *: "name=value", sorted */
	bool is_ordered; /* of dictionaries: in their own order, strings in quotes: "stopwords='english'", "maxlen=3" */
	struct lx_vec secrets; /* const char *: names of options that are there but are not told, sorted */
	bool is_hidden;        /* the server does not say them to this role: equal to anything */
};

bool lx_foreign_options_equal(const struct lx_foreign_options *a, const struct lx_foreign_options *b);
/* A text[] of the catalog.  IS_MAPPING: of a user mapping, where everything may be a secret that is not known to be
 * none. */
void lx_foreign_options_read(const struct lx_row *row, int column, bool is_mapping, struct lx_foreign_options *options);
void lx_foreign_options_sort(struct lx_arena *arena, struct lx_foreign_options *options);
/* @options(host: 'example.org', "Odd": '1') or @secrets(password). */
void lx_foreign_options_declare(struct lx_declare *declare, const struct lx_node *annotation,
				struct lx_foreign_options *options);
/* The arguments of either annotation. */
void lx_foreign_options_print(struct lx_printer *printer, const struct lx_foreign_options *options, bool are_secrets);
/* OPTIONS (…) with the blank before, or nothing (false); OLD not NULL: with ADD, SET and DROP. */
bool lx_foreign_options_write(struct lx_sql *sql, const struct lx_foreign_options *old,
			      const struct lx_foreign_options *options);
#endif
