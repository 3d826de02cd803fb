/* The state of reading one catalog; for introspect/ only.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_INTROSPECT_PRIVATE_H
#define LX_INTROSPECT_PRIVATE_H
#include <libpq-fe.h>

#include "base/map.h"
#include "introspect/catalog.h"

struct lx_catalog {
	struct lx_arena *arena;
	struct lx_schema *schema;
	int version;             /* major */
	struct lx_map addresses; /* struct lx_address -> struct lx_object * */
	struct lx_map parts;     /* the same for dependencies only */
	struct lx_map elements;  /* OID of an array type -> OID of its element (struct lx_oid *) */
	struct lx_map ranges;    /* OID of a multirange type -> OID of its range type */
	struct lx_vec types;     /* struct lx_type_use *: those to be looked up at the end */
	struct lx_map builtins;  /* what format_type() says -> its struct lx_type, of built-in types seen so far */
	struct lx_map roles;     /* name -> the role's object */
	const char *refusal;     /* the first thing that would be lost; NULL: none */
};
struct lx_address {
	uint32_t class, oid;
	int32_t column;
};
struct lx_type_use {
	struct lx_type *type;
	uint32_t oid;
};
struct lx_row {
	struct lx_catalog *catalog;
	const PGresult *result;
	int number;
};

/* QUERY with the parts in braces chosen for VERSION. */
const char *lx_catalog_query(struct lx_arena *arena, const char *query, int version);
/* The OID of the type that an array, or a multirange, belongs to; other OIDs as they are. */
uint32_t lx_catalog_base_type(const struct lx_catalog *catalog, uint32_t oid);
/* Finds the user's types that lx_row_type has noted. */
void lx_catalog_resolve_types(struct lx_catalog *catalog);
/* Gives every object that models refer to a name of its own for them: PascalCase for models and types. */
void lx_catalog_name_sources(struct lx_catalog *catalog);

/* Queries about all kinds at once. */
extern const struct lx_kind_catalog lx_array_types_catalog, lx_comments_catalog, lx_owners_catalog,
    lx_dependencies_catalog, lx_subscriptions_catalog;
#endif
