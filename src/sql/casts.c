/* Facts from pg_cast.dat: which casts are of the assignment kind, so that ALTER COLUMN … TYPE needs no USING.
 * SPDX-License-Identifier: Apache-2.0 */
#include "sql/casts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ir/types.h"

/* Inside a group every cast is an assignment cast (or better).  RANK orders by what a type can hold. */
struct group_row {
	const char *name;
	char group;
	int rank;
};
static const struct group_row groups[] = {
    {"int2", 'n', 1},      {"int4", 'n', 2},        {"int8", 'n', 3},    {"numeric", 'n', 6}, {"float4", 'n', 4},
    {"float8", 'n', 5},    {"text", 's', 3},        {"varchar", 's', 2}, {"char", 's', 1},    {"date", 'd', 1},
    {"timestamp", 'd', 2}, {"timestamptz", 'd', 2}, {"json", 'j', 2},    {"jsonb", 'j', 1},   {"inet", 'i', 2},
    {"cidr", 'i', 1},      {"bit", 'b', 1},         {"varbit", 'b', 2},  {"macaddr", 'm', 1}, {"macaddr8", 'm', 2},
};

static const struct group_row *group_of(const struct lx_type *type)
{
	if (!type->builtin)
		return NULL;
	for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
		if (strcmp(groups[i].name, type->builtin->name) == 0)
			return &groups[i];
	}
	return NULL;
}

static bool is_named(const struct lx_type *type, const char *name)
{
	return type->builtin && strcmp(type->builtin->name, name) == 0;
}

static bool is_same_name(const struct lx_type *a, const struct lx_type *b)
{
	return strcmp(a->name, b->name) == 0 && strcmp(a->schema ? a->schema : "", b->schema ? b->schema : "") == 0 &&
	       a->dimensions == b->dimensions;
}

static const struct {
	const char *from, *to;
} explicit_casts[] = {{"bool", "int4"}, {"int4", "bool"}, {"int8", "bit"}, {"int4", "bit"}};

enum lx_cast lx_cast_find(const struct lx_type *old, const struct lx_type *new)
{
	const struct group_row *from = group_of(old), *to = group_of(new);
	if (is_same_name(old, new) && old->user == NULL)
		return LX_CAST_ASSIGNMENT;
	if (old->dimensions == new->dimensions && from &&to && from->group == to->group)
		return LX_CAST_ASSIGNMENT;
	if (!new->dimensions && to && to->group == 's') /* every type has an assignment cast to the string types */
		return LX_CAST_ASSIGNMENT;
	for (size_t i = 0; i < sizeof explicit_casts / sizeof explicit_casts[0]; i++) {
		if (is_named(old, explicit_casts[i].from) && is_named(new, explicit_casts[i].to))
			return LX_CAST_EXPLICIT;
	}
	if (from && from->group == 's' && !old->dimensions)
		return LX_CAST_EXPLICIT;
	return LX_CAST_BY_TEXT;
}

/* The first number of "12,2" into A, the second into B; SIZE -1: no limit. */
static void read_modifiers(const struct lx_type *type, long *a, long *b)
{
	*a = -1;
	*b = 0;
	if (is_named(type, "char") || is_named(type, "bit"))
		*a = 1;
	if (!type->modifiers)
		return;
	char *end;
	*a = strtol(type->modifiers, &end, 10);
	if (*end == ',')
		*b = strtol(end + 1, NULL, 10);
}

static bool is_shorter(long old, long new)
{
	return new >= 0 && (old < 0 || new < old);
}

bool lx_cast_is_lossy(const struct lx_type *old, const struct lx_type *new)
{
	const struct group_row *from = group_of(old), *to = group_of(new);
	long old_a, old_b, new_a, new_b;
	if (!from || !to || from->group != to->group)
		return false;
	read_modifiers(old, &old_a, &old_b);
	read_modifiers(new, &new_a, &new_b);
	if (from->group == 'd')
		return to->rank < from->rank || is_shorter(old_a, new_a);
	if (from->group == 'j')
		return from->rank > to->rank; /* jsonb keeps neither order nor duplicate keys */
	if (from->group == 'b')
		return false;
	if (from->group != 'n')
		return false;
	bool old_has_fraction = from->rank > 3, new_has_fraction = to->rank > 3;
	if (old_has_fraction && !new_has_fraction)
		return true;
	if (is_named(new, "float4"))
		return !is_named(old, "int2") && !is_named(old, "float4");
	if (is_named(new, "float8"))
		return is_named(old, "numeric") || is_named(old, "int8");
	if (!is_named(new, "numeric") || new_a < 0)
		return false;
	return old_has_fraction && (!is_named(old, "numeric") || old_a < 0 || new_b < old_b);
}

bool lx_cast_may_fail(const struct lx_type *old, const struct lx_type *new)
{
	const struct group_row *from = group_of(old), *to = group_of(new);
	long old_a, old_b, new_a, new_b;
	read_modifiers(old, &old_a, &old_b);
	read_modifiers(new, &new_a, &new_b);
	if (to && to->group == 's')
		return is_shorter(from && from->group == 's' ? old_a : -1, new_a);
	if (!from || !to || from->group != to->group)
		return true;
	if (from->group == 'n')
		return (to->rank < from->rank && to->rank <= 3) ||
		       is_shorter(old_a - old_b, new_a < 0 ? -1 : new_a - new_b);
	return from->group == 'b' && is_shorter(old_a, new_a);
}

bool lx_cast_rewrites(const struct lx_type *old, const struct lx_type *new)
{
	const struct group_row *from = group_of(old), *to = group_of(new);
	long old_a, old_b, new_a, new_b;
	if (!from || !to || from->group != to->group || old->dimensions != new->dimensions)
		return true;
	read_modifiers(old, &old_a, &old_b);
	read_modifiers(new, &new_a, &new_b);
	if (from->group == 's')
		return is_named(old, "char") || is_named(new, "char") || is_shorter(old_a, new_a);
	if (from->rank != to->rank || strcmp(from->name, to->name) != 0)
		return true;
	if (new_a < 0)
		return false;
	return is_shorter(old_a, new_a) || old_b != new_b || is_named(old, "bit");
}

bool lx_cast_is_light(const struct lx_type *old, const struct lx_type *new)
{
	if (old->user || new->user || old->dimensions != new->dimensions)
		return false;
	if (is_same_name(old, new))
		return true;
	bool old_is_text = is_named(old, "text") || is_named(old, "varchar");
	return old_is_text && (is_named(new, "text") || is_named(new, "varchar"));
}
