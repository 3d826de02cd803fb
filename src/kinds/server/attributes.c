/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/server/server.h"

#include "kinds/kind.h"

#define AT(field) offsetof(struct lx_server, field)

static const struct lx_attr rows[LX_SERVER_ATTRS] = {
    [LX_SERVER_WRAPPER] = {"wrapper", LX_SHAPE_NAME, LX_EFFECT_REPLACE, AT(wrapper), NULL, NULL,
			   "The foreign-data wrapper that talks to it."},
    [LX_SERVER_TYPE] = {"type", LX_SHAPE_STRING, LX_EFFECT_REPLACE, AT(type), NULL, NULL,
			"What the wrapper calls its type."},
    [LX_SERVER_VERSION] = {"version", LX_SHAPE_STRING, LX_EFFECT_ALTER, AT(version), NULL, NULL,
			   "What the wrapper calls its version."},
    [LX_SERVER_OPTIONS] = {"options", LX_SHAPE_FOREIGN, LX_EFFECT_ALTER, AT(options), NULL, NULL,
			   "What the wrapper is told, such as @options(host: 'example.org')."},
    [LX_SERVER_SECRETS] = {"secrets", LX_SHAPE_FOREIGN, LX_EFFECT_ALTER, AT(options), NULL, NULL,
			   "Names of options whose values are secrets: they are set by hand."},
};

const struct lx_kind_info lx_server_info = {
    .words = {"server"},
    .title = "server",
    .size = sizeof(struct lx_server),
    .attrs = rows,
    .attr_count = LX_SERVER_ATTRS,
    .is_database_object = true,
};
