/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/sequence/sequence.h"

#define AT(field) offsetof(struct lx_sequence, field)

static const struct lx_attr rows[LX_SEQUENCE_ATTRS] = {
    [LX_SEQUENCE_TYPE] = {"type", LX_SHAPE_NAME, LX_EFFECT_ALTER, AT(type), NULL, NULL,
			  "int2, int4 or int8 (the default)."},
    [LX_SEQUENCE_OPTIONS] = {"options", LX_SHAPE_OPTIONS, LX_EFFECT_ALTER, AT(options), NULL, NULL,
			     "start, increment, min, max, cache and cycle."},
    [LX_SEQUENCE_UNLOGGED] = {"unlogged", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_unlogged), NULL, NULL,
			      "Not written to the log (PostgreSQL 15): starts again after a crash."},
};

const struct lx_kind_info lx_sequence_info = {
    .words = {"sequence"},
    .form = "sequence name [@options(start: 1)]",
    .title = "sequence",
    .size = sizeof(struct lx_sequence),
    .attrs = rows,
    .attr_count = LX_SEQUENCE_ATTRS,
    .has_schema = true,
    .is_database_object = true,
};
