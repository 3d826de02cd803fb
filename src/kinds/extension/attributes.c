/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/extension/extension.h"

#include "kinds/kind.h"

#define AT(field) offsetof(struct lx_extension, field)

static const struct lx_attr rows[LX_EXTENSION_ATTRS] = {
    [LX_EXTENSION_IN_SCHEMA] = {"schema", LX_SHAPE_NAME, LX_EFFECT_ALTER, AT(in_schema), NULL, NULL,
				"The SQL schema that its objects are put into."},
    [LX_EXTENSION_VERSION] = {"version", LX_SHAPE_STRING, LX_EFFECT_ALTER, AT(version), NULL, NULL,
			      "The version to install; without it the server's default."},
};

const struct lx_kind_info lx_extension_info = {
    .words = {"extension"},
    .form = "extension name [@schema(name)]",
    .title = "extension",
    .size = sizeof(struct lx_extension),
    .attrs = rows,
    .attr_count = LX_EXTENSION_ATTRS,
    .is_database_object = true,
};
