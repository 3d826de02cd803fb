/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/replica/replica.h"

#define AT(field) offsetof(struct lx_replica, field)

static const char *const identities[] = {"full", "nothing", "index", NULL};

static const struct lx_attr rows[LX_REPLICA_ATTRS] = {
    [LX_REPLICA_IDENTITY] = {NULL, LX_SHAPE_CHOICE, LX_EFFECT_ALTER, AT(identity), identities, NULL,
			     "What subscribers are told of a row that is changed or deleted."},
    [LX_REPLICA_INDEX] = {NULL, LX_SHAPE_NAME, LX_EFFECT_ALTER, AT(index), NULL, NULL,
			  "The unique index whose columns they are told."},
};

const struct lx_kind_info lx_replica_info = {
    .title = "replica identity",
    .size = sizeof(struct lx_replica),
    .attrs = rows,
    .attr_count = LX_REPLICA_ATTRS,
    .is_child = true,
    .is_database_object = true,
};
