/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"

const struct lx_kind_catalog lx_partition_catalog = {.query = NULL};
