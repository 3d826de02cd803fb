/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/function/parameters_read.h"

#include "base/arena.h"
#include "introspect/catalog.h"
#include "kinds/composite/composite.h"

static enum lx_field_mode mode_of(const char *letter)
{
	switch (letter ? *letter : 'i') {
	case 'o':
		return LX_OUT;
	case 'b':
		return LX_INOUT;
	case 'v':
		return LX_VARIADIC;
	case 't':
		return LX_TABLE_RESULT;
	default:
		return LX_IN;
	}
}

static const char *at(const struct lx_vec *texts, size_t i)
{
	return i < texts->length ? texts->items[i] : NULL;
}

void lx_catalog_parameters(const struct lx_row *row, int column, struct lx_vec *fields)
{
	enum { MOST = 2048 }; /* more than FUNC_MAX_ARGS and the columns of a result can be */
	struct lx_catalog *catalog = lx_row_catalog(row);
	struct lx_arena *arena = lx_catalog_arena(catalog);
	struct lx_vec modes = lx_row_texts(row, column + LX_PARAMETERS_MODES);
	struct lx_vec names = lx_row_texts(row, column + LX_PARAMETERS_NAMES);
	struct lx_vec types = lx_row_texts(row, column + LX_PARAMETERS_TYPES);
	struct lx_vec defaults = lx_row_texts(row, column + LX_PARAMETERS_DEFAULTS);
	int64_t oids[MOST];
	size_t count = lx_row_integers(row, column + LX_PARAMETERS_OIDS, oids, MOST);
	for (size_t i = 0; i < count; i++) {
		struct lx_field *field = LX_NEW(arena, struct lx_field);
		const char *name = at(&names, i);
		field->name = lx_catalog_intern(catalog, name ? name : "");
		field->mode = mode_of(at(&modes, i));
		field->default_value.text = at(&defaults, i);
		lx_catalog_type(catalog, (uint32_t)oids[i], at(&types, i), &field->type);
		lx_vec_push(arena, fields, field);
	}
}
