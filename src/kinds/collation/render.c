/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/collation/collation.h"
#include "kinds/kind.h"
#include "plan/depends.h"
#include "sql/parts.h"

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity(sql, "COLLATION", object);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	lx_depend_on_schema(depends, object->schema);
}

static void write_option(struct lx_sql *sql, const char **separator, const char *word, const char *value)
{
	if (!value)
		return;
	lx_sql_raw(sql, *separator);
	lx_sql_raw(sql, word);
	lx_sql_literal(sql, value);
	*separator = ", ";
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_collation *collation = (const struct lx_collation *)object;
	const char *separator = " (";
	lx_sql_raw(sql, "CREATE COLLATION ");
	lx_sql_object(sql, object);
	if (collation->provider) {
		lx_sql_raw(sql, " (PROVIDER = ");
		lx_sql_raw(sql,
			   lx_kind_info(object->kind)->attrs[LX_COLLATION_PROVIDER].choices[collation->provider - 1]);
		separator = ", ";
	}
	write_option(sql, &separator, "LOCALE = ", collation->locale);
	write_option(sql, &separator, "LC_COLLATE = ", collation->lc_collate);
	write_option(sql, &separator, "LC_CTYPE = ", collation->lc_ctype);
	if (collation->is_nondeterministic) {
		lx_sql_raw(sql, separator);
		lx_sql_raw(sql, "DETERMINISTIC = false");
		separator = ", ";
	}
	write_option(sql, &separator, "RULES = ", collation->rules);
	lx_sql_raw(sql, *separator == ',' ? ")" : " ()");
	lx_sql_end(sql);
}

const struct lx_kind_sql lx_collation_sql = {
    .identity = write_identity,
    .depends = depends,
    .create = create,
    .drop = lx_sql_drop,
    .rename = lx_sql_rename,
    .is_type = true, /* replaced under the feet of the columns that have it, as a type is */
};
