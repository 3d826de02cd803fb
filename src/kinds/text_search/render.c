/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "kinds/kind.h"
#include "kinds/names.h"
#include "kinds/text_search/text_search.h"
#include "plan/depends.h"
#include "sql/parts.h"

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity(sql, "TEXT SEARCH CONFIGURATION", object);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_text_search *configuration = (const struct lx_text_search *)object;
	lx_depend_on_schema(depends, object->schema);
	lx_depend_on_names(depends, configuration->parser);
	LX_EACH (const struct lx_token_mapping *, mapping, &configuration->mappings)
		LX_EACH (const char *, dictionary, &mapping->dictionaries)
			lx_depend_on_names(depends, dictionary);
}

static void write_mapping(struct lx_sql *sql, const struct lx_object *object, const char *verb,
			  const struct lx_token_mapping *mapping, bool has_dictionaries)
{
	lx_sql_raw(sql, "ALTER ");
	write_identity(sql, object);
	lx_sql_raw(sql, verb);
	lx_sql_raw(sql, " MAPPING FOR ");
	lx_sql_name(sql, mapping->token);
	const char *separator = " WITH ";
	for (size_t i = 0; has_dictionaries && i < mapping->dictionaries.length; i++) {
		lx_sql_raw(sql, separator);
		lx_sql_reference(sql, mapping->dictionaries.items[i]);
		separator = ", ";
	}
	lx_sql_end(sql);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_text_search *configuration = (const struct lx_text_search *)object;
	lx_sql_raw(sql, "CREATE ");
	write_identity(sql, object);
	lx_sql_raw(sql, " (PARSER = ");
	lx_sql_reference(sql, configuration->parser ? configuration->parser : "pg_catalog.\"default\"");
	lx_sql_raw(sql, ")");
	lx_sql_end(sql);
	LX_EACH (const struct lx_token_mapping *, mapping, &configuration->mappings)
		write_mapping(sql, object, " ADD", mapping, true);
}

static const struct lx_token_mapping *find(const struct lx_text_search *configuration, const char *token)
{
	LX_EACH (const struct lx_token_mapping *, mapping, &configuration->mappings)
		if (strcmp(mapping->token, token) == 0)
			return mapping;
	return NULL;
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_text_search *from = (const struct lx_text_search *)old,
				    *to = (const struct lx_text_search *)new;
	if (changed & 1u << LX_TEXT_SEARCH_PARSER)
		return false;
	LX_EACH (const struct lx_token_mapping *, before, &from->mappings)
		if (!find(to, before->token))
			write_mapping(sql, new, " DROP", before, false);
	LX_EACH (const struct lx_token_mapping *, mapping, &to->mappings) {
		const struct lx_token_mapping *before = find(from, mapping->token);
		if (!before)
			write_mapping(sql, new, " ADD", mapping, true);
		else if (!lx_names_equal(&before->dictionaries, &mapping->dictionaries))
			write_mapping(sql, new, " ALTER", mapping, true);
	}
	return true;
}

const struct lx_kind_sql lx_text_search_sql = {
    .identity = write_identity,
    .depends = depends,
    .create = create,
    .drop = lx_sql_drop,
    .alter = alter,
    .rename = lx_sql_rename,
    .reactions = LX_ON_GONE_STRUCTURE | LX_ON_GONE_TEXT,
};
